package com.mobileapiconnect.bridge.webhook;

/** Thrown when the token endpoint gave no token; the message is for people. */
final class NoTokenException extends Exception {

    NoTokenException(String message) {
        super(message);
    }
}
