package com.mobileapiconnect.bridge.delivery;

/**
 * Ends a delivery for good from a step of its route, because no further attempt could be different; the message says
 * why, for people.
 */
public final class RefusedByStepException extends RuntimeException {

    public RefusedByStepException(String message) {
        super(message);
    }
}
