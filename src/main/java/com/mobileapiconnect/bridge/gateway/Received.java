package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.message.Attachment;
import com.mobileapiconnect.bridge.message.Decoded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contents of an authentic request of a gateway. */
public sealed interface Received {

    /**
     * An SMS that came in, as the app or provider says it. Fields that make no sense count as left out; the text alone
     * has to be there.
     *
     * @param id     the same when the gateway repeats the SMS; null if every request is a new SMS
     * @param to     null for the number of the device or its SIM
     * @param at     time of receipt, in any of the ways in which phones write it; null for now
     * @param mended whether sender or text came in bytes that were none of their charset
     */
    record Captured(
            @Nullable String id,
            @Nullable String from,
            @Nullable String to,
            String text,
            @Nullable Integer sim,
            @Nullable String at,
            boolean mended,
            Beyond beyond)
            implements Received {

        /** An SMS that is a text and nothing else. */
        public Captured(
                @Nullable String id,
                @Nullable String from,
                @Nullable String to,
                String text,
                @Nullable Integer sim,
                @Nullable String at,
                boolean mended) {
            this(id, from, to, text, sim, at, mended, Beyond.NOTHING);
        }

        Captured withId(String other) {
            return new Captured(other, from, to, text, sim, at, mended, beyond);
        }

        public Captured with(Beyond what) {
            return new Captured(id, from, to, text, sim, at, mended, what);
        }

        /** Returns the SMS with an id and a time where it has none of its own. */
        public Captured orElse(String otherId, String otherAt) {
            boolean timed = at != null;
            return new Captured(
                    id == null && !timed ? otherId : id, from, to, text, sim, timed ? at : otherAt, mended, beyond);
        }
    }

    /**
     * The facts about a message that its text does not hold.
     *
     * @param mms         whether it is an MMS, which may have more than a text
     * @param attachments of an MMS, as far as they are known
     * @param parts       the parts of a long SMS that there are, for people, where some are missing; null if none are
     * @param wish        as the provider has understood it; null if it says nothing of that
     */
    record Beyond(
            boolean mms,
            List<Attachment> attachments,
            @Nullable String parts,
            @Nullable Wish wish) {

        public static final Beyond NOTHING = new Beyond(false, List.of(), null, null);

        static Beyond mms(List<Attachment> attachments) {
            return new Beyond(true, List.copyOf(attachments), null, null);
        }

        /** Tells of an SMS of which only these parts are there. */
        public static Beyond parts(String come) {
            return new Beyond(false, List.of(), come, null);
        }

        Beyond with(@Nullable Wish other) {
            return new Beyond(mms, attachments, parts, other);
        }
    }

    /** The wish of a customer that a provider reads out of the text, by words of its own, and acts on. */
    enum Wish {
        STOP,
        START,
        /** The provider has answered it. */
        HELP
    }

    /**
     * A part of a long SMS, from a gateway that does not join them.
     *
     * @param sms with the text of this part, and an id of its own
     */
    record Part(Place place, Captured sms) implements Received {

        /**
         * The part's place in its SMS.
         *
         * @param ref    a number that the parts of an SMS share; another SMS of the same sender may have it again
         * @param total  number of parts, 2 to 255
         * @param number of this part, from 1
         */
        public record Place(String ref, int total, int number) {

            private static final int MOST = 255;
            private static final int LONGEST_REF = 20;

            /** Returns null for a place that cannot be. */
            static @Nullable Place of(@Nullable String ref, @Nullable Integer total, @Nullable Integer number) {
                if (ref == null || ref.length() > LONGEST_REF || total == null || number == null) {
                    return null;
                }
                boolean can = total > 1 && total <= MOST && number > 0 && number <= total;
                return can ? new Place(ref, total, number) : null;
            }
        }
    }

    /**
     * The state of an SMS that the gateway was given to send.
     *
     * @param id the SMS's id as the bridge gave it, or as the app or provider did; possibly unknown
     */
    record StatusOf(String id, Status status, @Nullable String error) implements Received {

        /** The error of an SMS of which nobody knows more: it may turn out to be sent. */
        public static final String NEVER_REPORTED = "The phone had it and never reported";

        /** The progress of an SMS. */
        public enum Status {
            SENT,
            DELIVERED,
            FAILED
        }
    }

    /** The states of several SMS; none is possible. */
    record Statuses(List<StatusOf> all) implements Received {

        public Statuses {
            all = List.copyOf(all);
        }
    }

    /** Several SMS in one request. */
    record Batch(List<Captured> all) implements Received {

        public Batch {
            all = List.copyOf(all);
        }
    }

    /** A question for SMS to send. */
    record Question() implements Received {}

    /** An event that the bridge has no use for. */
    record Nothing() implements Received {}

    /**
     * A request that is not understood, kept unchanged and acknowledged.
     *
     * @param why text for people, without any part of the request
     */
    record Unparsed(String why) implements Received {}

    Received NOTHING = new Nothing();
    Received QUESTION = new Question();

    /** Makes an SMS of a request's fields; without a text it is {@link Unparsed}. */
    static Received captured(
            @Nullable String id,
            @Nullable Decoded from,
            @Nullable String to,
            @Nullable Decoded text,
            @Nullable Integer sim,
            @Nullable String at) {
        if (text == null) {
            return new Unparsed("The message has no text");
        }
        boolean mended = text.mended() || (from != null && from.mended());
        return new Captured(id, from == null ? null : from.text(), to, text.text(), sim, at, mended);
    }

    /** Makes an MMS of a request's fields; it may have no text. */
    static Received mms(Received captured, List<Attachment> attachments) {
        return captured instanceof Captured sms ? sms.with(Beyond.mms(attachments)) : captured;
    }

    /** Makes a part of an SMS; a place that cannot be leaves an SMS of its own. */
    static Received part(Part.@Nullable Place place, Received captured) {
        return place != null && captured instanceof Captured sms ? new Part(place, sms) : captured;
    }
}
