/** The inbound message, its ids, numbers and wire payload. Pure Java. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.message;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
