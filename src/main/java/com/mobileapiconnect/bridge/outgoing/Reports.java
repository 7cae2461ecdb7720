package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.message.Graphemes;
import com.mobileapiconnect.bridge.message.WellFormed;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Notes the reports of gateways about SMS that they were given. */
@Component
public class Reports {

    /** More than any app has to say; of that the beginning is kept. */
    static final int LONGEST_ERROR = 100_000;

    private static final int KEPT = 1000;

    private final OutgoingQueue queue;

    Reports(OutgoingQueue queue) {
        this.queue = queue;
    }

    /**
     * Stores a report and returns when it is durable. Reports about SMS that are not this device's are ignored, because
     * apps report everything that they send. Throws a 503 {@link Problem} for an id that may become known in a moment: the
     * gateway is just being given an SMS, and its answer with the id was slower than its report.
     */
    public void note(String tenantId, String deviceId, Received.StatusOf status) {
        Outgoing.Status reported =
                switch (status.status()) {
                    case SENT -> Outgoing.Status.SENT;
                    case DELIVERED -> Outgoing.Status.DELIVERED;
                    case FAILED -> Outgoing.Status.FAILED;
                };
        String given = WellFormed.of(status.id()); // no database looks for a NUL
        String id = given.startsWith(Outgoing.PREFIX) ? given : queue.ofApp(deviceId, given);
        if (id != null) {
            queue.report(tenantId, deviceId, id, reported, shortened(status.error()));
        }
    }

    static @Nullable String shortened(@Nullable String error) {
        return error == null ? null : WellFormed.of(Graphemes.cut(error, KEPT));
    }
}
