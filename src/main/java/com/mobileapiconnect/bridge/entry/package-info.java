/**
 * The places at which routes begin, how a newer version of a route takes one over from the older, and the threads of
 * requests in edited routes.
 */
@MayUse("thread")
@NullMarked
package com.mobileapiconnect.bridge.entry;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
