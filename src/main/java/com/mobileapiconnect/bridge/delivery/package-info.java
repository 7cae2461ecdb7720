/** Deliveries as rows, their order and outcomes, and the port that senders implement. */
@MayUse({"destination", "guard", "message", "stats", "store", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
