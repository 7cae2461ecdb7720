package com.mobileapiconnect.bridge.store;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the store cannot keep anything now (disk full, read-only, locked, overloaded); the caller may try again
 * later.
 */
public class StoreUnavailableException extends RuntimeException {

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
