/** What is kept no longer: what ages out by itself, and what a person asks to have erased. */
@MayUse({"api", "message", "store", "tenant"})
@NullMarked
package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
