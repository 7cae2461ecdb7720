package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Maps the result of a call to an outcome, by the contract: 2xx and complete is delivered, 410 is gone, anything else
 * is retry.
 */
final class AnswerVerdict {

    /** The header by which a receiver says more than a status can; Svix introduced its name and values. */
    static final String WISH = "webhook-delivery";

    private static final String NO_MORE = "disable";
    private static final String NOT_THIS_ONE = "abort-message";
    private static final int GONE = 410;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);
    /** The client's "Connect to http://erp.example.com:80 [erp.example.com/10.1.2.3] failed". */
    private static final Pattern TRIED_ADDRESSES = Pattern.compile(" \\[[^\\[\\]]*/[^\\[\\]]*\\] failed");

    private AnswerVerdict() {}

    /** Judges a call that ended with an answer. */
    static Outcome of(HttpCall call, Clock clock) {
        HttpCall.Answer answer = call.answer();
        if (answer == null) {
            return retry(Evidence.failure(ErrorClass.HTTP, "No answer came"));
        }
        int status = answer.status();
        String wish = answer.wish() == null ? "" : answer.wish().strip();
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered(Evidence.ok(status, answer.body()), wish.equalsIgnoreCase(NO_MORE));
        }
        String error = status >= 300 && status < 400
                ? "HTTP " + status + ": redirects are not followed; set the URL it leads to"
                : "HTTP " + status;
        Evidence evidence = new Evidence(status, ErrorClass.HTTP, error, answer.body());
        if (wish.equalsIgnoreCase(NOT_THIS_ONE)) {
            return new Outcome.Rejected(evidence);
        }
        return status == GONE || wish.equalsIgnoreCase(NO_MORE)
                ? new Outcome.Gone(evidence)
                : new Outcome.Retry(evidence, retryAfter(answer.retryAfter(), clock.instant()));
    }

    /** Judges a call that ended with an exception; a failure after the whole answer does not matter. */
    static Outcome of(HttpCall call, Exception failure, Clock clock) {
        if (failure instanceof NoTurnException) {
            return Outcome.Deferred.because(describe(failure));
        }
        HttpCall.Answer answer = call.answer();
        if (answer != null && answer.whole()) {
            return of(call, clock);
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

    /** Parses seconds or an HTTP date (RFC 9110, 10.2.3); returns null if absent, past or invalid. */
    static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        Duration asked = parse(header.strip(), now);
        if (asked == null || asked.isNegative()) {
            return null;
        }
        return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }

    private static @Nullable Duration parse(String text, Instant now) {
        if (text.matches("[0-9]{1,18}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(now, date);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
