/** What a phone captured: the inbound message, its ids, its numbers and the wire payload. Pure Java. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.message;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
