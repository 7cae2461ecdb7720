/** The doors of the HTTP server: how many callers may be connected, wait and be served, each within its share. */
@MayUse({"guard", "setting", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.door;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
