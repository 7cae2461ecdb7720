/** Predicates over a message: parsed once, evaluated purely. */
@MayUse("message")
@NullMarked
package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
