package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import java.time.Instant;

/** @param allowedNetworks special addresses that this tenant's outbound calls may reach; set by the operator */
public record Tenant(String id, String name, AllowedNetworks allowedNetworks, Instant createdAt) {}
