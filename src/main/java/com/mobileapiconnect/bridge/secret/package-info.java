/** Secrets at rest: the master key and what it encrypts. */
@MayUse("store")
@NullMarked
package com.mobileapiconnect.bridge.secret;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
