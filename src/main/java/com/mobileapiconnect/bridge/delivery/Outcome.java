package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.SaidSecrets;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.guard.ShownUrl;
import com.mobileapiconnect.bridge.message.Graphemes;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.message.WireName;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of an attempt. A sender reports it; the engine decides what follows. */
public sealed interface Outcome {

    /** Returns evidence of the call; null if there was none. */
    @Nullable Evidence evidence();

    /** Returns the same with other evidence; one without any stays as it is. */
    default Outcome with(Evidence other) {
        if (this instanceof Delivered done) {
            return new Delivered(other, done.last(), done.record(), done.reply());
        } else if (this instanceof Retry retry) {
            return new Retry(other, retry.after());
        } else if (this instanceof Rejected) {
            return new Rejected(other);
        } else if (this instanceof Gone) {
            return new Gone(other);
        } else if (this instanceof LoginRefused) {
            return new LoginRefused(other);
        }
        return this instanceof Deferred ? new Deferred(other) : this;
    }

    /** Returns the same without the secrets of its target in what the receiver said; itself if there are none. */
    default Outcome withoutSecrets(Target target) {
        Evidence evidence = evidence();
        if (evidence == null) {
            return this;
        }
        String error = SaidSecrets.hide(evidence.error(), target);
        String body = SaidSecrets.hide(evidence.body(), target);
        return Objects.equals(error, evidence.error()) && Objects.equals(body, evidence.body())
                ? this
                : with(new Evidence(evidence.httpStatus(), evidence.errorClass(), error, body, evidence.location()));
    }

    /**
     * The receiver has accepted the delivery.
     *
     * @param last   true if the receiver asked for no more, which disables the target
     * @param record the record that the receiver made of it; null if it says none
     * @param reply  what the receiver tells the customer ({@code replyFrom} of the target), at most 2,000 characters;
     *               null for nothing
     */
    record Delivered(
            Evidence evidence,
            boolean last,
            @Nullable ExternalRecord record,
            @Nullable String reply) implements Outcome {

        private static final int LONGEST_REPLY = 2_000; // more than any SMS has

        public Delivered {
            Objects.requireNonNull(evidence, "evidence");
            reply = reply == null || reply.isBlank() ? null : WellFormed.of(Graphemes.cut(reply, LONGEST_REPLY));
        }

        public Delivered(Evidence evidence, boolean last, @Nullable ExternalRecord record) {
            this(evidence, last, record, null);
        }

        public Delivered(Evidence evidence, boolean last) {
            this(evidence, last, null);
        }

        public Delivered(Evidence evidence) {
            this(evidence, false);
        }

        /** Returns the same, with the record that the receiver made of it. */
        public Delivered made(@Nullable ExternalRecord made) {
            return new Delivered(evidence, last, made, reply);
        }
    }

    /**
     * A record of the receiver's system that a delivery became.
     *
     * @param id  the system's own id, at most 200 characters
     * @param url where people find it, at most 1,000 characters; always of http or https, because it becomes a link
     */
    record ExternalRecord(@Nullable String id, @Nullable String url) {

        private static final int LONGEST_ID = 200;
        private static final int LONGEST_URL = 1_000;

        public ExternalRecord {
            id = id == null || id.isBlank() ? null : Excerpt.line(id, LONGEST_ID);
            url = url == null ? null : url(url);
        }

        /** Returns null if there is nothing to say of the record. */
        public static @Nullable ExternalRecord of(@Nullable String id, @Nullable String url) {
            ExternalRecord record = new ExternalRecord(id, url);
            return record.id == null && record.url == null ? null : record;
        }

        /** Returns a URL that may become a link; null if this is none. */
        public static @Nullable String url(String text) {
            String url = text.strip();
            boolean isWeb = url.regionMatches(true, 0, "https://", 0, 8) || url.regionMatches(true, 0, "http://", 0, 7);
            boolean isPlain = url.length() <= LONGEST_URL && url.chars().allMatch(c -> c > ' ' && c < 0x7f);
            return isWeb && isPlain ? url : null;
        }
    }

    /**
     * The call failed for now; the target's redelivery policy says when to try again.
     *
     * @param after time that the receiver asked to wait, at most 24 h; the policy's delay is never shortened by it
     */
    record Retry(Evidence evidence, @Nullable Duration after) implements Outcome {

        private static final Duration LONGEST_WAIT = Duration.ofHours(24);

        public Retry {
            Objects.requireNonNull(evidence, "evidence");
            if (after != null && after.compareTo(LONGEST_WAIT) > 0) {
                after = LONGEST_WAIT;
            }
        }
    }

    /** The receiver understood the delivery and refused it for good. */
    record Rejected(Evidence evidence) implements Outcome {

        public Rejected {
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /** The receiver is gone for good (HTTP 410): its target is disabled, this delivery held. */
    record Gone(Evidence evidence) implements Outcome {

        public Gone {
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /**
     * The receiver refused a login that was just made, with the credentials of the target: the target is disabled until a
     * person resumes it, because wrong passwords lock accounts, and this delivery is held. A login that a new token or
     * session may mend is none of these.
     */
    record LoginRefused(Evidence evidence) implements Outcome {

        public LoginRefused {
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /**
     * No call was made because of a bound of the bridge's own. The delivery stays due, is tried again in a moment, and no
     * attempt is counted.
     */
    record Deferred(Evidence evidence) implements Outcome {

        public Deferred {
            Objects.requireNonNull(evidence, "evidence");
        }

        public static Deferred because(String why) {
            return new Deferred(Evidence.failure(ErrorClass.BUSY, why));
        }
    }

    /** The delivery became too old before it could be sent; no call was made. */
    record Expired() implements Outcome {
        @Override
        public @Nullable Evidence evidence() {
            return null;
        }
    }

    /**
     * A route, or a sender that made no call, decided not to send.
     *
     * @param reason a word or two; cut after 200 characters
     */
    record Skipped(String reason) implements Outcome {

        private static final int LONGEST_REASON = 200;

        public Skipped {
            reason = Excerpt.line(reason, LONGEST_REASON);
        }

        @Override
        public @Nullable Evidence evidence() {
            return null;
        }
    }

    /**
     * The evidence of a call. A bounded part of what a sender gives is kept, as text that every database accepts.
     *
     * @param errorClass the stage that failed; null if a good answer came
     * @param error      for people: a single line, at most 500 characters
     * @param body       the beginning of the answer, at most 2 KiB of UTF-8
     * @param location   where a redirect leads to, without user info, query and fragment, at most 1,000 characters
     */
    record Evidence(
            @Nullable Integer httpStatus,
            @Nullable ErrorClass errorClass,
            @Nullable String error,
            @Nullable String body,
            @Nullable String location) {

        private static final int LONGEST_ERROR = 500;
        private static final int LARGEST_BODY = 2 << 10;
        private static final int LONGEST_LOCATION = 1_000;

        public Evidence {
            error = error == null ? null : Excerpt.line(error, LONGEST_ERROR);
            body = body == null ? null : Excerpt.text(body, LARGEST_BODY);
            location = location == null ? null : Excerpt.line(ShownUrl.ofLink(location), LONGEST_LOCATION);
        }

        public Evidence(
                @Nullable Integer httpStatus,
                @Nullable ErrorClass errorClass,
                @Nullable String error,
                @Nullable String body) {
            this(httpStatus, errorClass, error, body, null);
        }

        public static Evidence ok(int httpStatus, @Nullable String body) {
            return new Evidence(httpStatus, null, null, body);
        }

        public static Evidence failure(ErrorClass errorClass, String error) {
            return new Evidence(null, errorClass, error, null);
        }
    }

    /** The stage at which a call failed. */
    enum ErrorClass implements WireName {
        /** The name could not be resolved. */
        DNS("dns"),
        /** The network guard refused the address. */
        REFUSED("refused"),
        CONNECT("connect"),
        TLS("tls"),
        /** The token endpoint gave no token to call with. */
        TOKEN("token"),
        /** The receiver refused the login. */
        LOGIN("login"),
        /** The target's time was up. */
        TIMEOUT("timeout"),
        /** An answer came that is not HTTP, or its status is not a success. */
        HTTP("http"),
        /** The answer's status came, its body broke off. */
        BODY("body"),
        /** The answer has the status of a success, and what it says is a failure to its target. */
        ANSWER("answer"),
        /** The mail server refused, or its answer is not SMTP. */
        SMTP("smtp"),
        /** A value of the message cannot be what a field of the target's mapping has to be. */
        MAPPING("mapping"),
        /** The system took the call and said no, in the words that are the error. */
        SYSTEM("system"),
        /** The system may have taken the delivery: the next attempt asks it first. */
        UNKNOWN("unknown"),
        /** A step of the route failed, or the route ended without a decision. */
        ROUTE("route"),
        /** The bridge had no room for the call, and made none. */
        BUSY("busy");

        private final String wireName;

        ErrorClass(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }

        /**
         * Returns whether the receiver may have what such an attempt sent.
         *
         * @param httpStatus null if no answer came
         */
        public boolean mayHaveArrived(@Nullable Integer httpStatus) {
            return switch (this) {
                case UNKNOWN, TIMEOUT, BODY, ANSWER, SYSTEM, ROUTE -> true;
                case HTTP -> httpStatus == null || httpStatus >= SERVER_ERROR;
                default -> false;
            };
        }

        private static final int SERVER_ERROR = 500;
    }
}
