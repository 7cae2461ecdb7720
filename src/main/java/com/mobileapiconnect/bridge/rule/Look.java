package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.Subject.View;
import java.util.Collection;

/** A check whose time grows with the length of the text times its own size. Equal looks find the same. */
interface Look {

    View view();

    /** Returns the steps that it takes at worst in a view of this length. */
    long steps(int length);

    /** Returns the steps that these looks take at worst, in the longest text that is ordinary. */
    static long cost(Collection<Look> looks) {
        long cost = 0;
        for (Look look : looks) {
            cost += look.steps(longest(look.view()));
        }
        return cost;
    }

    private static int longest(View view) {
        return switch (view) {
            case TEXT,
                    TEXT_FOLDED,
                    TRIMMED,
                    TRIMMED_FOLDED,
                    TEXT_PLAIN,
                    WORD,
                    WORD_FOLDED,
                    WORD_AS_WRITTEN,
                    WORD_AS_WRITTEN_FOLDED -> InboundMessage.ORDINARY_TEXT;
            case FROM, TO, DEVICE, SIM -> InboundMessage.MAX_NUMBER;
        };
    }
}
