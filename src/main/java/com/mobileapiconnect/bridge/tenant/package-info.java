/** Tenants, their API keys, and who is calling. */
@MayUse({"api", "guard", "message", "secret", "setting", "store"})
@NullMarked
package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
