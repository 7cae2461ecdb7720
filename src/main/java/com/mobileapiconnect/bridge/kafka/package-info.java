/** The system of {@code kafka-topic}: deliveries as records of a topic. */
@MayUse({"delivery", "destination", "erp", "fault", "message", "resource", "thread", "webhook"})
@NullMarked
package com.mobileapiconnect.bridge.kafka;

import com.mobileapiconnect.bridge.architecture.MayUse;
import org.jspecify.annotations.NullMarked;
