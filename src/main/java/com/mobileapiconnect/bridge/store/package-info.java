/** The durable store: one database, one writer that groups commits, a few readers. */
@MayUse({"message", "setting", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.store;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
