/** The API of deliveries and lanes: queries, counts, retries, replays, backfills, discards, tests of a target. */
@MayUse({
    "api",
    "delivery",
    "destination",
    "device",
    "fault",
    "job",
    "lane",
    "mapping",
    "message",
    "operations",
    "rule",
    "rulebook",
    "stats",
    "store",
    "tenant",
    "thread"
})
@NullMarked
package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
