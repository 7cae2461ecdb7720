package com.mobileapiconnect.bridge.mapping;

/** Reports a value that cannot be what its field has to be; names the field, and does not say the value. */
public final class CannotBeException extends RuntimeException {
    public CannotBeException(String message) {
        super(message, null, false, false); // an expected answer: no stack trace to build
    }
}
