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
        /** Text or sender had a NUL, a lone surrogate or bytes of another charset, and is what could be read of them. */
        TEXT_REPLACED("textReplaced"),
        /** Neither the phone nor its pairing says which number the message was sent to. */
        TO_UNKNOWN("toUnknown"),
        /** The whole text is STOP or one of its synonyms, or the provider says that it means so: the number gets no more automatic replies. */
        OPT_OUT("optOut"),
        /** The whole text is START or UNSTOP, or the provider says that it means so: the number may get automatic replies again. */
        OPT_IN("optIn"),
        /** An app or provider sent something that cannot be understood; it is kept raw and goes nowhere. */
        UNPARSED("unparsed"),
        /** A rule, or a connection's condition, would have cost more than a message may, and did not count. */
        RULES_LEFT_OUT("rulesLeftOut"),
        /** The phone gave no sender, or one that cannot be: it is {@link InboundMessage#UNKNOWN}. */
        SENDER_UNKNOWN("senderUnknown"),
        /** The phone gave a time of receipt that cannot be read or cannot be; the time of acceptance stands for it. */
        RECEIVED_AT_REPLACED("receivedAtReplaced"),
        /** The text was longer than one may be; its end is missing. */
        TEXT_CUT("textCut"),
        /** The text is longer than {@link InboundMessage#ORDINARY_TEXT}; rules may have cost too much. */
        LONG_TEXT("longText"),
        /** The message comes from a phone's backup, imported without automatic replies, or its provider has answered it. */
        NO_REPLY("noReply"),
        /** The message is an MMS: of its pictures and other files only what is known about them is kept. */
        MMS("mms"),
        /** A part of a long SMS did not come in time; the text is what there is of it. */
        PARTS_MISSING("partsMissing");

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
