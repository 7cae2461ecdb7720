package com.mobileapiconnect.bridge.crash;

/** How the receivers are while the bridge runs towards its next kill. */
enum Behaviour {
    /** 200, after up to 20 ms. */
    WELL,
    /** 503. */
    REFUSING,
    /** No answer until the kill. */
    HANGING
}
