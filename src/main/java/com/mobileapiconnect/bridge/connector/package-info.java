/** The catalogue of connectors: the ways to reach a target. */
@MayUse({"api", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.connector;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
