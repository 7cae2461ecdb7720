package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.Segments;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action of a rule. Each action makes a delivery of its own, whose content is rendered once, from the message alone.
 */
public sealed interface Action {

    /** Returns the {@code act_…} id, which stays as long as this is the same action of its rule. */
    String id();

    /** Returns the name of this kind of action in the API. */
    String type();

    /** Returns the target of the action's delivery. */
    String targetId();

    /** Returns whether the target exists for the sake of this action alone. */
    default boolean hasOwnTarget() {
        return targetId().equals(id());
    }

    /** Returns the length of the action's texts, in characters. */
    int length();

    /** Returns whether the content has a group of a regular expression in it. */
    default boolean insertsGroups() {
        return false;
    }

    /** Renders the content to send; a pure function. */
    Rendered render(Template.Values values);

    /**
     * The rendered content of an action.
     *
     * @param body  the JSON for the sender; null for the message's usual payload
     * @param isCut whether the content was cut because it is too long
     */
    record Rendered(@Nullable String body, boolean isCut) {

        static final Rendered PAYLOAD = new Rendered(null, false);
    }

    /**
     * An SMS back to the sender, through the phone that captured the message.
     *
     * @param maxSegments number of SMS segments after which the text is cut off
     */
    record Reply(String id, Template text, int maxSegments) implements Action {

        public static final String TYPE = "reply";
        public static final int DEFAULT_SEGMENTS = 3;
        public static final int MOST_SEGMENTS = 10;
        private static final int LONGEST = 2_000; // more than fits into ten segments

        @Override
        public String type() {
            return TYPE;
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
        public boolean insertsGroups() {
            return text.hasGroups();
        }

        @Override
        public Rendered render(Template.Values values) {
            InboundMessage message = values.message();
            String whole = text.render(values, LONGEST);
            String sent = Segments.cut(whole, maxSegments);
            String body = ActionBodies.reply(message, sent);
            return new Rendered(body, sent.length() < whole.length());
        }
    }

    /** An e-mail to people of the tenant's choice. */
    record Email(String id, List<String> to, Template subject, Template text) implements Action {

        public static final String TYPE = "email";
        private static final int LONGEST_SUBJECT = 300;
        private static final int LONGEST_TEXT = 100_000;

        public Email {
            to = List.copyOf(to);
        }

        @Override
        public String type() {
            return TYPE;
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
        public boolean insertsGroups() {
            return subject.hasGroups() || text.hasGroups();
        }

        @Override
        public Rendered render(Template.Values values) {
            String line = subject.render(values, LONGEST_SUBJECT);
            String written = text.render(values, LONGEST_TEXT);
            boolean cut = line.length() >= LONGEST_SUBJECT || written.length() >= LONGEST_TEXT;
            return new Rendered(ActionBodies.email(to, WellFormed.oneLine(line), written), cut);
        }
    }

    /** The payload, sent to a URL of the rule's own; it names this rule as the one that matched. */
    record Webhook(String id, String url) implements Action {

        public static final String TYPE = "webhook";

        @Override
        public String type() {
            return TYPE;
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

    /** The payload, sent to one of the tenant's connections whether or not the connection's own condition matches. */
    record Connection(String id, String connectionId) implements Action {

        public static final String TYPE = "connection";

        @Override
        public String type() {
            return TYPE;
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
