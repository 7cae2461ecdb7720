/** Which network addresses outbound calls may reach: the one place that decides. */
@NullMarked
package com.mobileapiconnect.bridge.guard;

import org.jspecify.annotations.NullMarked;
