package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.MissingDeliveries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes deliveries of messages that were accepted some time ago, as intake would have made them. */
@Component
class LateDeliveries {

    private final Deliveries deliveries;
    private final Devices devices;
    private final Clock clock;

    LateDeliveries(Deliveries deliveries, Devices devices, Clock clock) {
        this.deliveries = deliveries;
        this.devices = devices;
        this.clock = clock;
    }

    /**
     * Makes those that are still missing, in this order, and returns their number: messages may have been erased since
     * they were looked at, or have got their deliveries in another way.
     */
    int make(Transaction tx, Target target, List<StoredMessage> wanted) throws SQLException {
        Set<Long> missing = MissingDeliveries.still(
                tx, target.id(), wanted.stream().map(StoredMessage::seq).toList());
        Instant now = clock.instant();
        List<Delivery> made = wanted.stream()
                .filter(message -> missing.contains(message.seq()))
                .map(message -> Delivery.late(message, target.id(), carried(target, message), now))
                .toList();
        deliveries.insert(tx, made);
        return made.size();
    }

    /** Returns what a target's bodies have beside this message. */
    @Nullable String carried(Target target, StoredMessage message) {
        if (!target.form().carries()) {
            return null;
        }
        Device device = devices.find(message.message().deviceId()).orElse(null);
        return device == null
                ? target.form().carried(null, Map.of())
                : target.form().carried(device.name(), device.metadata());
    }
}
