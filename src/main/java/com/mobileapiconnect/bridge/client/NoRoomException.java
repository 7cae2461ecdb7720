package com.mobileapiconnect.bridge.client;

import java.io.IOException;

/** Says that a call was not made, because there was no memory for it. */
public final class NoRoomException extends IOException {

    NoRoomException(String message) {
        super(message);
    }
}
