package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.Answers;
import com.mobileapiconnect.bridge.destination.FailureWhen;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A receiver's answer in HTTP. Every sender that speaks HTTP has it judged here: what counts as success is said by the
 * target, 410 is gone, anything else is retry.
 *
 * @param body       its first bytes, as many as the sender keeps; {@link FailureWhen#LOOKED_AT} of them are enough
 * @param retryAfter the header of that name
 * @param wish       the header {@link #WISH}
 * @param location   the header of that name
 * @param encoding   the header {@code Content-Encoding}
 */
public record HttpAnswer(
        int status,
        String body,
        @Nullable String retryAfter,
        @Nullable String wish,
        @Nullable String location,
        @Nullable String encoding) {

    /** Makes an answer whose body is as it is. */
    public HttpAnswer(
            int status, String body, @Nullable String retryAfter, @Nullable String wish, @Nullable String location) {
        this(status, body, retryAfter, wish, location, null);
    }

    /** The header by which a receiver says more than a status can; Svix introduced its name and values. */
    public static final String WISH = "webhook-delivery";

    private static final String NO_MORE = "disable";
    private static final String NOT_THIS_ONE = "abort-message";
    private static final int GONE = 410;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

    /** Returns whether a status leads elsewhere. */
    public static boolean isRedirect(int status) {
        return status >= 300 && status < 400;
    }

    /** Returns what the answer means. */
    public Outcome judge(Answers expected, Instant now) {
        boolean noMore = wishes(NO_MORE);
        if (!expected.succeedsBy(status)) {
            return failure(ErrorClass.HTTP, error(expected), now);
        }
        FailureWhen failureWhen = expected.failureWhen();
        String reason = failureWhen == null ? null : isEncoded() ? unreadable() : failureWhen.reason(body);
        return reason == null
                ? new Outcome.Delivered(
                        new Evidence(status, null, null, body, redirect()), noMore, null, expected.reply(status, body))
                : failure(ErrorClass.ANSWER, "HTTP " + status + ", but " + reason, now);
    }

    private boolean isEncoded() {
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
    }

    /** Returns why an encoded answer is a failure: what is taken for a success by mistake is lost. */
    private String unreadable() {
        return "its Content-Encoding is " + encoding + ", and failureWhen cannot be read in it; answer as it was asked"
                + " for (Accept-Encoding: identity)";
    }

    private Outcome failure(ErrorClass errorClass, String error, Instant now) {
        Evidence evidence = new Evidence(status, errorClass, error, body, redirect());
        if (wishes(NOT_THIS_ONE)) {
            return new Outcome.Rejected(evidence);
        }
        return status == GONE || wishes(NO_MORE)
                ? new Outcome.Gone(evidence)
                : new Outcome.Retry(evidence, retryAfter(retryAfter, now));
    }

    private String error(Answers expected) {
        if (isRedirect(status)) {
            return "HTTP " + status + ": redirects are not followed; set the URL it leads to";
        }
        return status >= 200 && status < 300
                ? "HTTP " + status + " is no success here, only " + expected.statuses()
                : "HTTP " + status;
    }

    private boolean wishes(String wanted) {
        return wish != null && wish.strip().equalsIgnoreCase(wanted);
    }

    private @Nullable String redirect() {
        return isRedirect(status) ? location : null;
    }

    /** Parses seconds or an HTTP date (RFC 9110, 10.2.3); returns null if absent, past or invalid. */
    public static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        Duration asked = header == null ? null : RetryAfter.parse(header.strip(), now);
        if (asked == null || asked.isNegative()) {
            return null;
        }
        return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }
}
