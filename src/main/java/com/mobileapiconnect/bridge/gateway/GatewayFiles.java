package com.mobileapiconnect.bridge.gateway;

import java.util.Optional;
import java.util.Set;

/** The gateways that are files: each the mapping of one app's requests. */
public interface GatewayFiles {

    Optional<Gateway.Receiving> find(String name);

    Set<String> names();
}
