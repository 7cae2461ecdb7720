/** The API of deliveries and lanes: queries, retries, replays, discards, tests of a target. */
@MayUse({"api", "delivery", "destination", "job", "lane", "message", "operations", "store", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
