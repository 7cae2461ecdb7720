package com.mobileapiconnect.bridge.tenant;

/** Hears of every call of a phone whose token is known: a sign of life, whatever the call is about. */
@FunctionalInterface
public interface PhoneCalls {

    /** Must cost next to nothing: every SMS comes by here. */
    void called(String deviceId);
}
