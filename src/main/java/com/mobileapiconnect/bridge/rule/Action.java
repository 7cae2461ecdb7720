package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.Segments;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule makes happen. Each is a delivery of its own; what it says is rendered once, from the message alone. */
public sealed interface Action {

    /** {@code act_…}: stays as long as it is the same action of its rule. */
    String id();

    /** How rules call its kind. */
    String type();

    /** The target that its delivery goes to. */
    String targetId();

    /** Of what is written in it, in characters. */
    int length();

    /** What there is to send. Pure. */
    Rendered render(Template.Values values);

    /**
     * @param body  the JSON that the sender gets; null: the message's usual payload
     * @param isCut whether it would have been longer
     */
    record Rendered(@Nullable String body, boolean isCut) {

        static final Rendered PAYLOAD = new Rendered(null, false);
    }

    /**
     * An SMS back to the sender, through the phone that the message came by.
     *
     * @param maxSegments what does not fit into these is cut off
     */
    record Reply(String id, Template text, int maxSegments) implements Action {

        public static final int DEFAULT_SEGMENTS = 3;
        public static final int MOST_SEGMENTS = 10;
        private static final int LONGEST = 2_000; // more than ten segments hold

        @Override
        public String type() {
            return "reply";
        }

        @Override
        public String targetId() {
            return id;
        }

        @Override
        public int length() {
            return text.toString().length();
        }

        @Override
        public Rendered render(Template.Values values) {
            InboundMessage message = values.message();
            String whole = text.render(values, LONGEST);
            String sent = Segments.cut(whole, maxSegments);
            String body = Bodies.reply(message, sent);
            return new Rendered(body, sent.length() < whole.length());
        }
    }

    /** A mail to people of the tenant's choice. */
    record Email(String id, List<String> to, Template subject, Template text) implements Action {

        private static final int LONGEST_SUBJECT = 300;
        private static final int LONGEST_TEXT = 100_000;

        public Email {
            to = List.copyOf(to);
        }

        @Override
        public String type() {
            return "email";
        }

        @Override
        public String targetId() {
            return id;
        }

        @Override
        public int length() {
            return subject.toString().length()
                    + text.toString().length()
                    + to.stream().mapToInt(String::length).sum();
        }

        @Override
        public Rendered render(Template.Values values) {
            String line = subject.render(values, LONGEST_SUBJECT);
            String written = text.render(values, LONGEST_TEXT);
            boolean cut = line.length() >= LONGEST_SUBJECT || written.length() >= LONGEST_TEXT;
            return new Rendered(Bodies.email(to, WellFormed.oneLine(line), written), cut);
        }
    }

    /** The payload, to a URL of the rule's own, with this rule as the one that matched. */
    record Webhook(String id, String url) implements Action {

        @Override
        public String type() {
            return "webhook";
        }

        @Override
        public String targetId() {
            return id;
        }

        @Override
        public int length() {
            return url.length();
        }

        @Override
        public Rendered render(Template.Values values) {
            return Rendered.PAYLOAD;
        }
    }

    /** The payload, to one of the tenant's connections, although its own condition would not have it. */
    record Connection(String id, String connectionId) implements Action {

        @Override
        public String type() {
            return "connection";
        }

        @Override
        public String targetId() {
            return connectionId;
        }

        @Override
        public int length() {
            return connectionId.length();
        }

        @Override
        public Rendered render(Template.Values values) {
            return Rendered.PAYLOAD;
        }
    }
}
