package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.message.Graphemes;
import com.mobileapiconnect.bridge.message.WellFormed;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Notes the reports of gateways about SMS that they were given. */
@Component
public class Reports {

    static final int MAX_ERROR = 1000;

    private final OutgoingQueue queue;

    Reports(OutgoingQueue queue) {
        this.queue = queue;
    }

    /**
     * Stores a report and returns when it is durable. Reports about SMS that are not this device's are ignored, because
     * apps report everything that they send.
     */
    public void note(String tenantId, String deviceId, Received.StatusOf status) {
        Outgoing.Status reported =
                switch (status.status()) {
                    case SENT -> Outgoing.Status.SENT;
                    case DELIVERED -> Outgoing.Status.DELIVERED;
                    case FAILED -> Outgoing.Status.FAILED;
                };
        queue.report(tenantId, deviceId, status.id(), reported, shortened(status.error()));
    }

    private static @Nullable String shortened(@Nullable String error) {
        return error == null ? null : WellFormed.of(Graphemes.cut(error, MAX_ERROR));
    }
}
