package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.message.Folding;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.store.Dialect;

/**
 * Finds texts that contain another, folded as rules fold them. Databases fold the letters of ASCII alone, so they look
 * for texts of ASCII and pass all others on, to be looked through here.
 */
final class TextSearch {

    private final String wanted;
    private final boolean ignoreAccents;

    TextSearch(String wanted, boolean ignoreAccents) {
        this.ignoreAccents = ignoreAccents;
        this.wanted = fold(WellFormed.of(wanted));
    }

    private String fold(String text) {
        return ignoreAccents ? Folding.foldWithoutAccents(text) : Folding.fold(text);
    }

    boolean finds(String text) {
        return fold(text).contains(wanted);
    }

    /** Returns the condition of rows that may be found; its parameter {@code text} is {@link #pattern}. */
    String candidates(Dialect dialect) {
        String others = dialect.beyondAscii("m.text");
        return Folding.isAscii(wanted)
                ? " and (" + dialect.contains("m.text", ":text") + " or " + others + ")"
                : " and " + others;
    }

    String pattern() {
        return "%" + wanted.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
