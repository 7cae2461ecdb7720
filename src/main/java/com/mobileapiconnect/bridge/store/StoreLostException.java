package com.mobileapiconnect.bridge.store;

/** The files of the store are gone or are other ones: nothing can be kept in them until the bridge is started anew. */
public final class StoreLostException extends StoreUnavailableException {

    StoreLostException(String message) {
        super(message, null);
    }
}
