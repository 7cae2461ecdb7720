/** The targets of deliveries: the forward-all webhook and the ERP connections, with their policy and state. */
@MayUse({
    "api",
    "config",
    "connector",
    "guard",
    "mapping",
    "message",
    "resource",
    "rule",
    "secret",
    "setting",
    "store",
    "tenant"
})
@NullMarked
package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
