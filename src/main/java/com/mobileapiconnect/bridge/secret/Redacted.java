package com.mobileapiconnect.bridge.secret;

/** A secret in memory that does not show itself in logs. */
public record Redacted(String reveal) {

    @Override
    public String toString() {
        return "…";
    }
}
