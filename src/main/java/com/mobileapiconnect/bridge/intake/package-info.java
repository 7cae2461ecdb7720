/** Intake: turns a phone's request into a durable message with its deliveries, in one transaction. */
@MayUse({
    "api",
    "delivery",
    "destination",
    "device",
    "door",
    "entry",
    "gateway",
    "job",
    "lane",
    "message",
    "operations",
    "outgoing",
    "rule",
    "rulebook",
    "secret",
    "setting",
    "store",
    "tenant",
    "thread",
    "tracking"
})
@NullMarked
package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
