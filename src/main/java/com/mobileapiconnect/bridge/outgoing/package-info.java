/** SMS to customers: automatic replies with their guards, what a tenant sends, and the phones that send them. */
@MayUse({
    "api",
    "config",
    "connector",
    "delivery",
    "destination",
    "device",
    "door",
    "gateway",
    "lane",
    "message",
    "operations",
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
package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
