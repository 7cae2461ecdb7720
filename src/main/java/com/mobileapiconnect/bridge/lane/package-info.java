/** The engine: one lane per target, with its calls, limits, order and outcomes. The Camel component {@code outbox:}. */
@MayUse({
    "connector",
    "delivery",
    "destination",
    "entry",
    "message",
    "operations",
    "setting",
    "store",
    "tenant",
    "thread"
})
@NullMarked
package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
