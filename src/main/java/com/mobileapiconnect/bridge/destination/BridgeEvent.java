package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.message.WireName;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The kinds of the bridge's own events. No event contains a number or the text of an SMS. */
public enum BridgeEvent implements WireName {
    /** The receiver is gone, or failed too long; its deliveries are held. */
    TARGET_DISABLED("target.disabled"),
    /** The first success of a target that was disabled, or had failed for a minute or longer. */
    TARGET_RECOVERED("target.recovered"),
    /** A delivery was given up. */
    DELIVERY_FAILED("delivery.failed"),
    /** A phone's app sent something that cannot be understood; it is kept as it came. */
    MESSAGE_UNPARSED("message.unparsed"),
    /** A phone has not called for longer than it may. */
    DEVICE_SILENT("device.silent"),
    /** A phone that was silent has called. */
    DEVICE_BACK("device.back"),
    /** An SMS to a customer was sent, delivered, taken back, or given up. */
    OUTGOING_UPDATED("outgoing.updated");

    /** The events of an operations webhook that names none. */
    static final Set<BridgeEvent> ALL = Collections.unmodifiableSet(EnumSet.allOf(BridgeEvent.class));

    /** The events that a connection can ask for: those about what a system has sent. */
    static final Set<BridgeEvent> OF_CONNECTIONS = Collections.unmodifiableSet(EnumSet.of(OUTGOING_UPDATED));

    static final Set<BridgeEvent> NONE = Set.of();

    private final String wireName;

    BridgeEvent(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
