package com.mobileapiconnect.bridge.webhook;

import org.jspecify.annotations.Nullable;

/** Thrown when the token endpoint gave no token; the message is for people. */
final class NoTokenException extends Exception {

    NoTokenException(String message) {
        this(message, null);
    }

    NoTokenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns whether the token endpoint was not even asked, because of a bound of the bridge's own. */
    boolean noTurn() {
        return getCause() instanceof NoTurnException
                || (getCause() instanceof NoTokenException fetch && fetch.noTurn());
    }
}
