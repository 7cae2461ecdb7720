/** Predicates over a message: parsed once, evaluated purely. */
@NullMarked
package com.mobileapiconnect.bridge.rule;

import org.jspecify.annotations.NullMarked;
