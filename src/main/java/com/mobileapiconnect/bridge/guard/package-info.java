/** Which network addresses outbound calls may reach: the one place that decides. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.guard;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
