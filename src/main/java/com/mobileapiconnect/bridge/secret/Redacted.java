package com.mobileapiconnect.bridge.secret;

/** A secret in memory that does not show itself when it is logged. */
public record Redacted(String reveal) {

    @Override
    public String toString() {
        return "…";
    }
}
