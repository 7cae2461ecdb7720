/** A tenant's rules: kept in every version, published as immutable sets, explained on request. */
@MayUse({
    "api",
    "config",
    "delivery",
    "destination",
    "device",
    "job",
    "message",
    "rule",
    "setting",
    "store",
    "tenant",
    "thread"
})
@NullMarked
package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
