package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.secret.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * A device with the values that are never shown.
 *
 * @param signingKey the app's own signing secret
 * @param version    number of changes; counted by the store
 */
record DeviceEntry(Device device, @Nullable Redacted signingKey, long version) {}
