/** Requests that no client should send, and what every answer to them is held to. */
@NullMarked
package com.mobileapiconnect.bridge.fuzz;

import org.jspecify.annotations.NullMarked;
