package com.mobileapiconnect.bridge.webhook;

/** The token endpoint gave none; the message is for people. */
final class NoTokenException extends Exception {

    NoTokenException(String message) {
        super(message);
    }
}
