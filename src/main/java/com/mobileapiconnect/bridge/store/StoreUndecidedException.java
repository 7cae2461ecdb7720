package com.mobileapiconnect.bridge.store;

import org.jspecify.annotations.Nullable;

/** Thrown when it is not known whether the store will keep something that it has begun to write. */
public class StoreUndecidedException extends StoreUnavailableException {

    public StoreUndecidedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
