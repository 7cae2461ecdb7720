package com.mobileapiconnect.bridge.outgoing;

/** The meaning of a customer's text for automatic replies. */
enum OptOutWord {
    STOP,
    START,
    NONE
}
