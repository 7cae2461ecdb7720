package com.mobileapiconnect.bridge.rule;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.Folding;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.Region;
import com.mobileapiconnect.bridge.message.Trimmed;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message as predicates see it. Its folded text, keyword and number keys are computed at first use and kept, and so is
 * what regular expressions find, so make a single subject for each message and pass it to every {@link When}. A subject
 * has a budget: checks that do not fit any more are left out, and the caller is told. For one thread at a time.
 */
public final class Subject {

    /** The forms in which predicates compare a message. */
    enum View {
        /** The text, composed. */
        TEXT,
        /** The text with case folded. */
        TEXT_FOLDED,
        /** The text, composed, without what is not seen at its ends. */
        TRIMMED,
        /** The text with case folded, without what is not seen at its ends. */
        TRIMMED_FOLDED,
        /**
         * The text, composed, with its ASCII letters in lower case, and the long s as well, which is an s to regular
         * expressions.
         */
        TEXT_PLAIN,
        /** The text's first word, composed. */
        WORD,
        /** The text's first word with case folded. */
        WORD_FOLDED,
        /** The text up to its first white space, composed. */
        WORD_AS_WRITTEN,
        /** The text up to its first white space, with case folded. */
        WORD_AS_WRITTEN_FOLDED,
        /** The sender's key in the region of the message's phone. */
        FROM,
        /** The recipient's key in that region. */
        TO,
        DEVICE,
        /** The SIM slot in decimal digits. */
        SIM
    }

    /** A regular expression that is looked for in a view. */
    record Expression(View view, Pattern pattern) {

        private static final int GROUPS_PER_LOOK = 8;

        /**
         * Returns the steps that it takes at worst. Groups are found by a second look at the match, which takes the
         * longer the more of them there are.
         */
        long steps(int length) {
            int groups = pattern.groupCount();
            int looks = groups == 0 ? 1 : 2 + groups / GROUPS_PER_LOOK;
            return (long) pattern.programSize() * looks * length;
        }
    }

    private static final int VIEWS = View.values().length;
    /** Steps that are taken at once: some milliseconds. */
    private static final long AT_ONCE = 250_000;

    private static final Object NOT_FOUND = new Object();

    private final InboundMessage message;
    private final @Nullable String[] views = new @Nullable String[VIEWS];
    private @Nullable Set<String> formsOfSender;
    private @Nullable Set<String> formsOfRecipient;
    private Costly costly;
    private long left;
    private long taken;
    private boolean leftOut;
    private boolean everLeftOut;
    // Most messages are looked through for one expression at most.
    private @Nullable Expression first;
    private Object firstFound = NOT_FOUND;
    private @Nullable Map<Expression, Object> others;

    private Subject(InboundMessage message, Budget budget, Costly costly) {
        this.message = message;
        this.costly = costly;
        this.left = budget.steps();
    }

    /** Makes a subject that may cost anything. */
    public static Subject of(InboundMessage message) {
        return new Subject(message, Budget.UNBOUNDED, Costly.ALLOWED);
    }

    /** @param costly is asked before work beyond the first few milliseconds */
    public static Subject of(InboundMessage message, Budget budget, Costly costly) {
        return new Subject(message, budget, costly);
    }

    /** Gives the subject a new budget, for another kind of conditions. */
    public void renew(Budget budget, Costly asked) {
        costly = asked;
        left = budget.steps();
        taken = 0;
    }

    /** Begins to note whether something is left out. */
    void begin() {
        leftOut = false;
    }

    /** Returns whether something was left out since {@link #begin}, so that the result means nothing. */
    boolean hasLeftOut() {
        return leftOut;
    }

    /** Returns whether anything was ever left out. */
    public boolean everLeftOut() {
        return everLeftOut;
    }

    /** Takes steps from the budget; returns false if they do not fit. */
    boolean affords(long steps) {
        if (steps > left) {
            leftOut = true;
            everLeftOut = true;
            return false;
        }
        if (taken + steps > AT_ONCE) {
            costly.goOn();
        }
        taken += steps;
        left -= steps;
        return true;
    }

    /**
     * Returns the length that counts: characters beyond the basic plane are two in a view, and composed ones may become
     * two, but an ordinary text has no more characters than it may have. A longer one counts as what it is.
     */
    int counted(String view) {
        boolean ordinary = !message.flags().has(Flags.Flag.LONG_TEXT);
        return ordinary ? Math.min(view.length(), InboundMessage.ORDINARY_TEXT) : view.length();
    }

    /**
     * Looks for an expression, once for all conditions that have it; null if it is not found, left out, or the message
     * lacks the field.
     */
    @Nullable Matcher find(Expression wanted) {
        String actual = view(wanted.view());
        if (actual == null) {
            return null;
        }
        Object known = known(wanted);
        if (known == null && affords(wanted.steps(counted(actual)))) {
            Matcher matcher = wanted.pattern().matcher(actual);
            known = matcher.find() ? matcher : foundAsWritten(wanted);
            keep(wanted, known);
        }
        return known instanceof Matcher found ? found : null;
    }

    private Object foundAsWritten(Expression wanted) {
        String written = written(wanted.view());
        Matcher matcher = written == null ? null : wanted.pattern().matcher(written);
        return matcher != null && matcher.find() ? matcher : NOT_FOUND;
    }

    private @Nullable Object known(Expression wanted) {
        if (first != null && first.equals(wanted)) {
            return firstFound;
        }
        return others == null ? null : others.get(wanted);
    }

    private void keep(Expression wanted, Object found) {
        if (first == null) {
            first = wanted;
            firstFound = found;
            return;
        }
        if (others == null) {
            others = new HashMap<>();
        }
        others.put(wanted, found);
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

    /**
     * Returns the keys of all usual spellings of the number in this view, its own first; empty if no region is known, or
     * the view is none of a number: then {@link #view} is all that there is.
     */
    Set<String> forms(View view) {
        if (message.region() == null) {
            return Set.of();
        } else if (view == View.FROM) {
            Set<String> forms = formsOfSender;
            return forms != null ? forms : (formsOfSender = Region.forms(message.from(), message.region()));
        } else if (view == View.TO && message.to() != null) {
            Set<String> forms = formsOfRecipient;
            return forms != null ? forms : (formsOfRecipient = Region.forms(message.to(), message.region()));
        }
        return Set.of();
    }

    /** Returns the key of a number as it was written, where a region makes it another; null where it does not. */
    @Nullable String written(View view) {
        String spelling = view == View.FROM ? message.from() : view == View.TO ? message.to() : null;
        if (message.region() == null || spelling == null) {
            return null;
        }
        String written = PhoneNumber.key(spelling);
        return written.equals(view(view)) ? null : written;
    }

    /** Returns a form of the text, which every message has. */
    String text(View view) {
        return Objects.requireNonNull(view(view));
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
            case TRIMMED -> Trimmed.of(text(View.TEXT));
            case TRIMMED_FOLDED -> Trimmed.of(text(View.TEXT_FOLDED));
            case TEXT_PLAIN -> plain(message.text());
            case WORD -> Keyword.of(message.text());
            case WORD_FOLDED -> Folding.fold(Keyword.of(message.text()));
            case FROM -> Region.key(message.from(), message.region());
            case TO -> message.to() == null ? null : Region.key(message.to(), message.region());
            case WORD_AS_WRITTEN -> Keyword.asWritten(message.text());
            case WORD_AS_WRITTEN_FOLDED -> Folding.fold(Keyword.asWritten(message.text()));
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
