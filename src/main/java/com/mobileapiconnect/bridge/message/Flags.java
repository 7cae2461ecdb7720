package com.mobileapiconnect.bridge.message;

import java.util.EnumSet;
import java.util.Set;

/** The unusual facts about a message; stored as a bit set, shown by name in the message's story. */
public record Flags(int bits) {

    public static final Flags NONE = new Flags(0);

    /** A single fact. The order of the constants is part of the stored form: append only. */
    public enum Flag implements WireName {
        /** The same phone used the same id before, for another sender or text. */
        ID_REUSED("idReused"),
        /** NUL or lone surrogates in the text or sender were replaced by U+FFFD. */
        TEXT_REPLACED("textReplaced"),
        /** Neither the phone nor its pairing says which number the message was sent to. */
        TO_UNKNOWN("toUnknown"),
        /** The whole text is STOP or one of its synonyms: the number gets no more automatic replies. */
        OPT_OUT("optOut"),
        /** The whole text is START or UNSTOP: the number may get automatic replies again. */
        OPT_IN("optIn"),
        /** An app or provider sent something that cannot be understood; it is kept raw and goes nowhere. */
        UNPARSED("unparsed"),
        /** A rule, or a connection's condition, would have cost more than a message may, and did not count. */
        RULES_LEFT_OUT("rulesLeftOut");

        private final String wireName;

        Flag(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    public Flags with(Flag flag) {
        return new Flags(bits | 1 << flag.ordinal());
    }

    public Flags with(Flag flag, boolean set) {
        return set ? with(flag) : this;
    }

    public boolean has(Flag flag) {
        return (bits & 1 << flag.ordinal()) != 0;
    }

    public Set<Flag> asSet() {
        EnumSet<Flag> set = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if (has(flag)) {
                set.add(flag);
            }
        }
        return set;
    }
}
