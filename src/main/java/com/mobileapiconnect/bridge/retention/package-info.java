/** Retention: lets rows age out, and erases numbers on request. */
@MayUse({"api", "message", "store", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
