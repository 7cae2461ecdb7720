package com.mobileapiconnect.bridge.webhook;

/** The operator's proxy setting cannot be used; the message says what to write. */
public final class BadProxyException extends RuntimeException {

    BadProxyException(String message) {
        super(message);
    }
}
