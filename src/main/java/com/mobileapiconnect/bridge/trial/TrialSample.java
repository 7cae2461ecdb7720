package com.mobileapiconnect.bridge.trial;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.time.Instant;

/** The message that goes through a route that is tried out, and where it would go. */
record TrialSample(StoredMessage stored, Device device, Target target) {

    InboundMessage message() {
        return stored.message();
    }

    /** Returns a first attempt at its delivery. */
    Attempt attempt(Instant now) {
        Delivery delivery = Delivery.mirror(
                stored, target.id(), stored.matchedRuleId(), target.form().carried(device.name(), device.metadata()));
        return new Attempt(delivery, target, now, System.nanoTime());
    }
}
