/** Paired phones: their tokens, numbers and SIMs. */
@NullMarked
package com.mobileapiconnect.bridge.device;

import org.jspecify.annotations.NullMarked;
