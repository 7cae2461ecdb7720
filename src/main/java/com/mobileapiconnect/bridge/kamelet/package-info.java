/** Connectors that are files: standard Kamelets, found while the bridge runs, and the sender that runs them. */
@MayUse({
    "api",
    "connector",
    "delivery",
    "destination",
    "erp",
    "gateway",
    "lane",
    "mapping",
    "message",
    "route",
    "secret",
    "setting",
    "tenant",
    "thread",
    "tracking",
    "trial"
})
@NullMarked
package com.mobileapiconnect.bridge.kamelet;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
