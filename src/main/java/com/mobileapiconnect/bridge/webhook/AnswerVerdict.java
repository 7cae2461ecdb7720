package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.Answers;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.jspecify.annotations.Nullable;

/** Maps the result of a call to an outcome: a complete answer is judged as such, anything else is retry. */
final class AnswerVerdict {

    /** The client's "Connect to http://erp.example.com:80 [erp.example.com/10.1.2.3] failed". */
    private static final Pattern TRIED_ADDRESSES = Pattern.compile(" \\[[^\\[\\]]*/[^\\[\\]]*\\] failed");

    private AnswerVerdict() {}

    /** Judges a call that ended with an answer. */
    static Outcome of(HttpCall call, Answers expected, Clock clock) {
        HttpCall.Answer answer = call.answer();
        return answer == null
                ? retry(Evidence.failure(ErrorClass.HTTP, "No answer came"))
                : answer.said().judge(expected, clock.instant());
    }

    /** Judges a call that ended with an exception; a failure after the whole answer does not matter. */
    static Outcome of(HttpCall call, Exception failure, Answers expected, Clock clock) {
        if (failure instanceof NoTurnException) {
            return Outcome.Deferred.because(describe(failure));
        }
        HttpCall.Answer answer = call.answer();
        if (answer != null && answer.whole()) {
            return of(call, expected, clock);
        }
        if (call.timedOut() && !(failure instanceof UnknownHostException)) {
            String error = answer == null ? "No answer within the timeout" : "The answer's body took too long";
            return retry(evidence(ErrorClass.TIMEOUT, error, answer));
        }
        if (answer != null) {
            return retry(evidence(ErrorClass.BODY, "The answer's body broke off: " + describe(failure), answer));
        }
        return retry(Evidence.failure(classOf(failure), describe(failure)));
    }

    private static ErrorClass classOf(Exception failure) {
        if (failure instanceof GuardedDns.RefusedAddressException || failure instanceof URISyntaxException) {
            return ErrorClass.REFUSED;
        } else if (failure instanceof UnknownHostException) {
            return ErrorClass.DNS;
        } else if (failure instanceof SSLException) {
            return ErrorClass.TLS;
        } else if (failure instanceof ConnectTimeoutException
                || failure instanceof HttpHostConnectException
                || failure instanceof ConnectException
                || failure instanceof NoRouteToHostException) {
            return ErrorClass.CONNECT;
        } else if (failure instanceof SocketTimeoutException) {
            return ErrorClass.TIMEOUT;
        }
        return ErrorClass.HTTP;
    }

    private static Evidence evidence(ErrorClass errorClass, String error, HttpCall.@Nullable Answer answer) {
        return answer == null
                ? Evidence.failure(errorClass, error)
                : new Evidence(answer.status(), errorClass, error, answer.body());
    }

    private static Outcome retry(Evidence evidence) {
        return new Outcome.Retry(evidence, null);
    }

    /** Describes a failure in words for the tenant, without the addresses that the client tried. */
    static String describe(Exception failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : TRIED_ADDRESSES.matcher(message).replaceFirst(" failed");
    }
}
