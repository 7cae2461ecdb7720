/** The places at which routes begin, and how a newer version of a route takes one over from the older. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.entry;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
