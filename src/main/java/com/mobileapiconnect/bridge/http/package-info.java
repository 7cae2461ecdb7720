/** The pieces of HTTP requests that several of the bridge's clients write. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.http;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
