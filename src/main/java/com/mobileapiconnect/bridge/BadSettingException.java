package com.mobileapiconnect.bridge;

/** Thrown for a setting that cannot be used; the message names it and says how to correct it. */
final class BadSettingException extends RuntimeException {

    BadSettingException(String message) {
        super(message);
    }
}
