/** The seam between deliveries and the systems of connectors that are files. The Camel component {@code erp:}. */
@MayUse({
    "connector",
    "delivery",
    "destination",
    "fault",
    "mapping",
    "message",
    "rule",
    "rulebook",
    "secret",
    "setting",
    "store",
    "thread",
    "webhook"
})
@NullMarked
package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
