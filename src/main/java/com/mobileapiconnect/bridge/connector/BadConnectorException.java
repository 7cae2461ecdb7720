package com.mobileapiconnect.bridge.connector;

/** A connector that cannot be used as it is; the message names it and says what to change. */
public final class BadConnectorException extends RuntimeException {

    BadConnectorException(String message) {
        super(message);
    }
}
