package com.mobileapiconnect.bridge.gateway;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The part of a device's pairing that its gateway may know.
 *
 * @param signed whether the device has a signing key, so that the request is signed
 * @param zone   of times that say none; null if nobody has said
 */
public record PairedAs(
        AppSettings app, boolean signed, @Nullable ZoneId zone) {

    public static final PairedAs PLAIN = new PairedAs(AppSettings.NONE, false, null);
}
