package com.mobileapiconnect.bridge.setting;

/** Reports a setting that cannot be used; the message names it and says what to write, and holds no secret. */
public final class BadSettingException extends RuntimeException {

    public BadSettingException(String message) {
        super(message);
    }
}
