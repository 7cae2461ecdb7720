/** Retention: lets rows age out, and erases numbers and deletes tenants on request. */
@MayUse({"api", "device", "job", "message", "setting", "store", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
