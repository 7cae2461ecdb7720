package com.mobileapiconnect.bridge.store;

/** Thrown when the store's files are gone or replaced: nothing can be kept in them until the bridge is restarted. */
final class StoreLostException extends StoreUnavailableException {

    StoreLostException(String message) {
        super(message, null);
    }
}
