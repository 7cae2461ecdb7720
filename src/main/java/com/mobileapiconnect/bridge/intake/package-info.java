/** From a phone's request to a durable message with its deliveries, in one transaction. */
@NullMarked
package com.mobileapiconnect.bridge.intake;

import org.jspecify.annotations.NullMarked;
