package com.mobileapiconnect.bridge.api;

/** A body of an answer that may be long. */
public interface Weighed {

    /** Returns about how many bytes of memory it takes until it is written. */
    long weight();
}
