/** A tenant's configuration as one file: compared, applied as a whole, and applied at the start. */
@MayUse({"api", "message", "secret", "server", "setting", "store", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.config;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
