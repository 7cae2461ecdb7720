package com.mobileapiconnect.bridge.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The settings of an app in its pairing, beside its name.
 *
 * @param template whether the app sends its own rendering of an SMS, of several lines
 * @param mapping  where the fields stand in the requests of an app that the bridge does not know; null for the usual names
 * @param asks     whether the app asks at its own URL for SMS to send; follows from the app
 */
public record AppSettings(boolean template, @Nullable Mapping mapping, boolean asks) {

    public static final AppSettings NONE = new AppSettings(false, null, false);
}
