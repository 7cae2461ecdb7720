/** Predicates and rules over a message: parsed once, evaluated as pure functions. */
@MayUse("message")
@NullMarked
package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
