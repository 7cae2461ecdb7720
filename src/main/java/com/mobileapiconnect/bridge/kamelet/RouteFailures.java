package com.mobileapiconnect.bridge.kamelet;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.erp.Failures;
import com.mobileapiconnect.bridge.erp.OutcomeTable;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.erp.SystemWords;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Maps what a route failed with to an outcome, where it has decided nothing itself. */
final class RouteFailures {

    private RouteFailures() {}

    static Outcome outcome(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof HttpOperationFailedException http) {
                return ofHttp(http);
            }
        }
        return Failures.outcome(failure);
    }

    private static Outcome ofHttp(HttpOperationFailedException failure) {
        int status = failure.getStatusCode();
        String body = failure.getResponseBody() == null ? "" : failure.getResponseBody();
        String words = SystemWords.of(body);
        String said = "HTTP " + status + (words == null ? "" : ": " + words);
        return OutcomeTable.USUAL.verdict(status, null).outcome(new SystemAnswer(status, said, body));
    }
}
