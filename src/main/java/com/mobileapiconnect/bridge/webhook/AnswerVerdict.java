package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.client.NoRoomException;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.Answers;
import com.mobileapiconnect.bridge.fault.Fault;
import java.net.ConnectException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Clock;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Maps the result of a call to an outcome: a complete answer is judged as such, anything else is retry. */
final class AnswerVerdict {

    private AnswerVerdict() {}

    /** Judges a call that ended with an answer. */
    static Outcome of(HttpCall call, Answers expected, Clock clock) {
        HttpCall.Answer answer = call.answer();
        return answer == null
                ? retry(Evidence.failure(ErrorClass.HTTP, "No answer came"))
                : answer.said().judge(expected, clock.instant());
    }

    /** Judges a call that ended with an exception; a failure after the whole answer does not matter. */
    static Outcome of(HttpCall call, Throwable failure, Answers expected, Clock clock) {
        if (failure instanceof NoTurnException || failure instanceof NoRoomException) {
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

    private static ErrorClass classOf(Throwable failure) {
        if (failure instanceof GuardedDns.RefusedAddressException || failure instanceof URISyntaxException) {
            return ErrorClass.REFUSED;
        } else if (failure instanceof UnknownHostException) {
            return ErrorClass.DNS;
        } else if (failure instanceof SSLException) {
            return ErrorClass.TLS;
        } else if (failure instanceof ConnectException) {
            return ErrorClass.CONNECT;
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

    /** Describes a failure in words for the tenant; those of Java for TLS name its classes. */
    static String describe(Throwable failure) {
        if (failure instanceof SSLException) {
            return Fault.of(failure, "The receiver").map(Fault::words).orElseThrow();
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
