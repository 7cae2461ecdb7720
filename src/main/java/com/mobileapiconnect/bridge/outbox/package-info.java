/** Deliveries and their attempts: lanes, schedule, outcomes, and the port that senders implement. */
@NullMarked
package com.mobileapiconnect.bridge.outbox;

import org.jspecify.annotations.NullMarked;
