package com.mobileapiconnect.bridge.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, and how far somebody has set it. */
public final class ShiftedClock extends Clock {

    private volatile Duration by = Duration.ZERO;

    public void setBy(Duration shift) {
        by = shift;
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(by);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
