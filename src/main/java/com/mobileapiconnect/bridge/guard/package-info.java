/** The network guard: the one place that decides which addresses outbound calls may reach. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.guard;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
