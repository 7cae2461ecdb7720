/** A tenant's rules: kept in every version, published as immutable sets, and asked why. */
@NullMarked
package com.mobileapiconnect.bridge.rulebook;

import org.jspecify.annotations.NullMarked;
