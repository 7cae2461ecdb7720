/** The sender of signed JSON over HTTP. */
@MayUse({
    "client",
    "connector",
    "delivery",
    "destination",
    "fault",
    "gateway",
    "guard",
    "http",
    "outgoing",
    "secret",
    "setting",
    "tenant",
    "thread"
})
@NullMarked
package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
