package com.mobileapiconnect.bridge.secret;

import org.jspecify.annotations.Nullable;

/** Thrown when the store was encrypted with another master key. */
public final class WrongMasterKeyException extends RuntimeException {

    WrongMasterKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
