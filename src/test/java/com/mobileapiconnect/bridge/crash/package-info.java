/** The crash suite: a bridge under load, killed again and again, and the proof that it lost nothing. */
@NullMarked
package com.mobileapiconnect.bridge.crash;

import org.jspecify.annotations.NullMarked;
