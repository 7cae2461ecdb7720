package com.mobileapiconnect.bridge.api;

/** A view of an object that can be changed: its answer has the version as {@code ETag}. */
public interface Versioned {

    /** Returns how often the object was saved; shown in the object too, so that lists tell it. */
    long version();
}
