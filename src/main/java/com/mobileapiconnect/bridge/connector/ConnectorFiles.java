package com.mobileapiconnect.bridge.connector;

import java.util.Collection;
import java.util.Optional;

/** The connectors that are files, which change while the bridge runs. */
public interface ConnectorFiles {

    Optional<Connector> find(String name);

    Collection<Connector> all();
}
