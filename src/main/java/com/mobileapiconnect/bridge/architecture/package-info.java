/** The declarations with which packages name the others that they may use. */
@MayUse
@NullMarked
package com.mobileapiconnect.bridge.architecture;

import org.jspecify.annotations.NullMarked;
