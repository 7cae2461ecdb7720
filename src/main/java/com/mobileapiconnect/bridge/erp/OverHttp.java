package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The common ground of systems that are called over HTTP. */
public final class OverHttp {

    private OverHttp() {}

    /** Returns the outcome of a call that got no answer. */
    public static Outcome outcome(Failed failed) {
        if (!failed.login()) {
            return failed.outcome();
        }
        Evidence evidence = failed.evidence();
        return Verdict.LOGIN.outcome(new SystemAnswer(evidence.httpStatus(), evidence.error(), evidence.body()));
    }

    /**
     * Returns what a test says of a call that got no answer.
     *
     * @param place the host, as the connection has it
     */
    public static ErpFindings findings(Failed failed, String place) {
        return ErpFindings.wrong(fault(failed, place));
    }

    private static Fault fault(Failed failed, String place) {
        Evidence evidence = failed.evidence();
        String error = String.valueOf(evidence.error());
        ErrorClass at = evidence.errorClass();
        return (at == null ? Optional.<Fault>empty() : Fault.of(at.wireName(), error, place))
                .orElseGet(() -> Fault.answer(place, error));
    }

    /**
     * Returns the answer of a call.
     *
     * @param place the host, as the connection has it
     */
    public static Answered answered(HttpResult result, String place) throws NoAnswerException {
        if (result instanceof Answered answer) {
            return answer;
        }
        Failed failed = (Failed) result;
        throw new NoAnswerException(outcome(failed), fault(failed, place));
    }

    /**
     * Returns the outcome of an answer with the status of a success. A page is none of the system, which was asked for JSON:
     * those to log in at, and those of maintenance, come with such a status too.
     *
     * @param record as the answer names it; null for none
     */
    public static Outcome made(Answered answer, ErpWrite write, @Nullable ExternalRecord record, Instant now) {
        Outcome judged = answer.said().judge(write.attempt().target().answers(), now);
        if (!(judged instanceof Outcome.Delivered done)) {
            return judged;
        }
        return answer.body().stripLeading().startsWith("<")
                ? Verdict.UNKNOWN.outcome(new SystemAnswer(
                        answer.status(),
                        "The answer is a page, such as one to log in at, and no record",
                        answer.body()))
                : done.made(record);
    }

    /**
     * Returns the outcome of an answer that is no success.
     *
     * @param before words before those of the system
     * @param words  of the system, without what was sent; null for none
     * @param body   as the log of attempts may show it; null for nothing
     */
    public static Outcome refusal(
            Verdict verdict,
            Answered answer,
            String before,
            @Nullable String words,
            @Nullable String body,
            Instant now) {
        int status = answer.status();
        String told = HttpAnswer.isRedirect(status) ? "redirects are not followed; set the URL it leads to" : words;
        String http = "HTTP " + status;
        return verdict.outcome(new SystemAnswer(
                status,
                before + (told == null ? http : answer.isGood() ? told : http + ": " + told),
                body,
                HttpAnswer.retryAfter(answer.said().retryAfter(), now),
                null));
    }

    /** Returns a request as it would go out, with secrets masked. */
    public static ErpRequest preview(ErpConnection connection, HttpRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        HttpRequest.Body body = request.body();
        if (body != null) {
            headers.put("Content-Type", body.type());
        }
        headers.putAll(request.headers());
        HttpOptions http = connection.http();
        http.headers().keySet().forEach(name -> headers.putIfAbsent(name, Preview.MASK));
        if (http.auth() != null && request.credentials()) {
            String scheme = http.auth() instanceof HttpOptions.Auth.Basic ? "Basic " : "Bearer ";
            headers.put("Authorization", scheme + Preview.MASK);
        }
        return new ErpRequest(
                request.method().name(), request.url().toString(), headers, body == null ? null : body.text());
    }
}
