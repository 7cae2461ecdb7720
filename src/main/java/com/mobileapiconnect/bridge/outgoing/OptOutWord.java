package com.mobileapiconnect.bridge.outgoing;

import java.util.Locale;
import java.util.Set;

/** The words by which customers stop automatic replies and allow them again: the whole text, with nothing beside it. */
enum OptOutWord {
    STOP,
    START,
    NONE;

    private static final Set<String> STOPS =
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "ARRET");
    private static final Set<String> STARTS = Set.of("START", "UNSTOP");
    private static final int LONGEST = 11;

    /** Finds the word, ignoring case and surrounding white space. */
    static OptOutWord of(String text) {
        String word = text.strip();
        if (word.length() > LONGEST) {
            return NONE;
        }
        String upper = word.toUpperCase(Locale.ROOT);
        return STOPS.contains(upper) ? STOP : STARTS.contains(upper) ? START : NONE;
    }
}
