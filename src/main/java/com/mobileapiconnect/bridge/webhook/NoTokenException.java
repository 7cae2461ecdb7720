package com.mobileapiconnect.bridge.webhook;

import org.jspecify.annotations.Nullable;

/** Thrown when the token endpoint gave no token; the message is for people. */
final class NoTokenException extends Exception {

    private final boolean refused;

    NoTokenException(String message) {
        this(message, null);
    }

    NoTokenException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.refused = false;
    }

    private NoTokenException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** The endpoint answered that it gives none to these credentials. */
    static NoTokenException ofRefusal(String message) {
        return new NoTokenException(message, true);
    }

    /** Returns whether the token endpoint refused the client's credentials. */
    boolean refused() {
        return refused || (getCause() instanceof NoTokenException fetch && fetch.refused());
    }

    /** Returns whether the token endpoint was not even asked, because of a bound of the bridge's own. */
    boolean noTurn() {
        return getCause() instanceof NoTurnException
                || (getCause() instanceof NoTokenException fetch && fetch.noTurn());
    }
}
