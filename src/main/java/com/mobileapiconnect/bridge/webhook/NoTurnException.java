package com.mobileapiconnect.bridge.webhook;

import java.net.UnknownHostException;

/** Thrown when a name was not looked up because of a bound of the bridge's own: no call was made. */
final class NoTurnException extends UnknownHostException {

    NoTurnException(String message) {
        super(message);
    }
}
