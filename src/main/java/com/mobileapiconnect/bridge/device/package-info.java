/** Paired phones: their tokens, numbers and SIMs. */
@MayUse({"api", "config", "gateway", "guard", "message", "secret", "store", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
