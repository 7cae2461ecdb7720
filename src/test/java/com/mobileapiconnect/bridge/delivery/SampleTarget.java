package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.destination.Form;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.Signing;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetProperties;
import java.time.Duration;
import java.time.Instant;

/** Targets for tests that need one which nobody has set up. */
public final class SampleTarget {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");

    private SampleTarget() {}

    /** An active connection with a URL that nobody calls. */
    public static Target connection(String id, String tenantId, RedeliveryPolicy policy, Target.Pace pace) {
        return connection(id, tenantId, policy, pace, Target.Status.ACTIVE);
    }

    public static Target connection(
            String id, String tenantId, RedeliveryPolicy policy, Target.Pace pace, Target.Status status) {
        return of(id, tenantId, "webhook", "https://erp.example.com", policy, pace, status);
    }

    /** One whose calls its connector makes without a URL. */
    public static Target without(String connector, String id, String tenantId, RedeliveryPolicy policy) {
        return of(id, tenantId, connector, null, policy, new Target.Pace(8, null, false), Target.Status.ACTIVE);
    }

    /** One that is reached in this way, for a sender's own test; each of its calls may take that long. */
    public static Target reached(String tenantId, Target.Reach reach, Duration timeout) {
        return of(
                "con_test",
                tenantId,
                reach,
                new RedeliveryPolicy(20, timeout, 4, timeout, 0.2, timeout),
                new Target.Pace(8, null, false),
                Target.Status.ACTIVE);
    }

    private static Target of(
            String id,
            String tenantId,
            String connector,
            String url,
            RedeliveryPolicy policy,
            Target.Pace pace,
            Target.Status status) {
        return of(
                id,
                tenantId,
                new Target.Reach(connector, url, TargetProperties.NONE, HttpOptions.NONE, Signing.NONE),
                policy,
                pace,
                status);
    }

    private static Target of(
            String id,
            String tenantId,
            Target.Reach reach,
            RedeliveryPolicy policy,
            Target.Pace pace,
            Target.Status status) {
        return new Target(
                new Target.Key(id, tenantId, Target.Type.CONNECTION),
                "ERP",
                reach,
                Target.Mirror.EVERYTHING,
                Form.PLAIN,
                new Target.State(status, null),
                policy,
                pace,
                Target.Stamps.created(NOW));
    }
}
