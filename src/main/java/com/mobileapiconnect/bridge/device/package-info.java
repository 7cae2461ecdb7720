/** Paired phones: their tokens, numbers and SIMs, how they are paired, and their signs of life. */
@MayUse({"api", "config", "gateway", "guard", "message", "secret", "setting", "store", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
