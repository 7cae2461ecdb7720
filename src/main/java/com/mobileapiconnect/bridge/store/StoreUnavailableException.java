package com.mobileapiconnect.bridge.store;

import org.jspecify.annotations.Nullable;

/** The store cannot keep anything just now (disk full, read-only, locked, overloaded); try again later. */
public class StoreUnavailableException extends RuntimeException {

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
