package com.mobileapiconnect.bridge;

/** A setting that cannot be used; the message names it and says what to write. */
final class BadSettingException extends RuntimeException {

    BadSettingException(String message) {
        super(message);
    }
}
