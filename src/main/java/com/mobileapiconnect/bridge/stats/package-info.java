/** Counts of what happened, by hour: kept when messages age out or are erased, since they have ids and numbers only. */
@MayUse({"setting", "store"})
@NullMarked
package com.mobileapiconnect.bridge.stats;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
