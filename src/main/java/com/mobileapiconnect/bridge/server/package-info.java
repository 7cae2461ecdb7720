/** The HTTP server around the API: connections, arriving bodies, errors before a handler, metrics, health. */
@MayUse({"api", "door", "setting", "store", "tenant", "thread"})
@NullMarked
package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
