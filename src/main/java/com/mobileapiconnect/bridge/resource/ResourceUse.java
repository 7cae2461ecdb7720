package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.store.Transaction;
import java.util.List;

/** Tells what uses a resource; implemented by the package that owns connections. */
public interface ResourceUse {

    /** A connection, and whose it is. */
    record Use(String tenantId, String connectionId) {}

    /** Returns the connections that name a resource, as this unit sees them. */
    List<Use> of(Transaction tx, String resource);
}
