/** Secrets at rest: the master key and what it encrypts. */
@NullMarked
package com.mobileapiconnect.bridge.secret;

import org.jspecify.annotations.NullMarked;
