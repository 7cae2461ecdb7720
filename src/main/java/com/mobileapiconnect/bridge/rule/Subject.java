package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as predicates see it. Its folded text, keyword and number keys are computed at first use and kept, so make
 * a single subject for each message and pass it to every {@link When}.
 *
 * <p>Threads may share it; at worst a form is computed twice.
 */
public final class Subject {

    /** The forms in which predicates compare a message. */
    enum View {
        /** The text, composed. */
        TEXT,
        /** The text with case folded. */
        TEXT_FOLDED,
        /**
         * The text, composed, with its ASCII letters in lower case, and the long s as well, which is an s to regular
         * expressions.
         */
        TEXT_PLAIN,
        /** The text's first word, composed. */
        WORD,
        /** The text's first word with case folded. */
        WORD_FOLDED,
        /** The sender's {@link PhoneNumber#key}. */
        FROM,
        /** The recipient's {@link PhoneNumber#key}. */
        TO,
        DEVICE,
        /** The SIM slot in decimal digits. */
        SIM
    }

    private static final int VIEWS = View.values().length;

    private final InboundMessage message;
    private final @Nullable String[] views = new @Nullable String[VIEWS];

    private Subject(InboundMessage message) {
        this.message = message;
    }

    public static Subject of(InboundMessage message) {
        return new Subject(message);
    }

    /** Returns null if the message lacks the field. */
    @SuppressWarnings("EnumOrdinal") // an EnumMap would not survive being filled by two threads
    @Nullable String view(View view) {
        String known = views[view.ordinal()];
        if (known == null) {
            known = compute(view);
            views[view.ordinal()] = known;
        }
        return known;
    }

    public InboundMessage message() {
        return message;
    }

    Instant receivedAt() {
        return message.receivedAt();
    }

    private @Nullable String compute(View view) {
        return switch (view) {
            case TEXT -> Folding.nfc(message.text());
            case TEXT_FOLDED -> Folding.fold(message.text());
            case TEXT_PLAIN -> plain(message.text());
            case WORD -> Keyword.of(message.text());
            case WORD_FOLDED -> Folding.fold(Keyword.of(message.text()));
            case FROM -> PhoneNumber.key(message.from());
            case TO -> message.to() == null ? null : PhoneNumber.key(message.to());
            case DEVICE -> message.deviceId();
            case SIM -> message.sim() == null ? null : message.sim().toString();
        };
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(Folding.nfc(text));
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                plain.setCharAt(i, (char) (c | ' '));
            } else if (c == 'ſ') {
                plain.setCharAt(i, 's');
            }
        }
        return plain.toString();
    }
}
