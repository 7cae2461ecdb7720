package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/** A webhook that a tenant has once, as the API shows it. */
record WebhookView(@Nullable String url, @JsonUnwrapped TargetView shared) {}
