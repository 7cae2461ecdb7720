/** The bridge's own care of targets: their health, disabling them, events for the operations webhook. */
@MayUse({"delivery", "destination", "message", "store", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.operations;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
