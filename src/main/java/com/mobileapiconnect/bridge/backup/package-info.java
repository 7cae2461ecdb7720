/** Backups of the embedded database, made while the bridge runs, and verified. */
@MayUse({"api", "message", "setting", "store", "tenant", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.backup;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
