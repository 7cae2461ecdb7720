package com.mobileapiconnect.bridge.outgoing;

/** What a customer's text says about automatic replies. */
enum OptOutWord {
    STOP,
    START,
    NONE
}
