package com.mobileapiconnect.bridge.webhook;

/** Thrown when the operator's proxy setting cannot be used; the message says how to correct it. */
public final class BadProxyException extends RuntimeException {

    BadProxyException(String message) {
        super(message);
    }
}
