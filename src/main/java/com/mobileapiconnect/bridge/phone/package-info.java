/** A phone's own side: its silence, what never arrived, and the calls of its page. */
@MayUse({"api", "delivery", "destination", "device", "lane", "message", "operations", "store", "tenant", "tracking"})
@NullMarked
package com.mobileapiconnect.bridge.phone;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
