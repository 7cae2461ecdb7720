package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.message.WireName;
import java.util.function.ToIntFunction;

/** A limit of a tenant, in numbers: the operator's for this tenant, otherwise that of the settings. */
public enum Limit implements WireName {
    CONNECTIONS("connections", TenantSettings.Limits::connections),
    DEVICES("devices", TenantSettings.Limits::devices),
    KEYS("keys", TenantSettings.Limits::keys),
    RULES("rules", TenantSettings.Limits::rules),
    /** Actions of all rules together. */
    ACTIONS("actions", TenantSettings.Limits::actions),
    /** Actions of all rules that may match the same message. */
    ACTIONS_PER_MESSAGE("actionsPerMessage", TenantSettings.Limits::actionsPerMessage),
    /** SMS that wait for a phone or a gateway. */
    OUTGOING("outgoing", TenantSettings.Limits::outgoing),
    /** Requests with the tenant's API keys at the same time. */
    REQUESTS_AT_ONCE("requestsAtOnce", TenantSettings.Limits::requestsAtOnce),
    /** Tests of targets at the same time. */
    TESTS_AT_ONCE("testsAtOnce", TenantSettings.Limits::testsAtOnce),
    /** Requests at the same time that take long: replays, dry runs, deletions, whole configurations. */
    LONG_REQUESTS_AT_ONCE("longRequestsAtOnce", TenantSettings.Limits::longRequestsAtOnce);

    private final String wireName;
    private final ToIntFunction<TenantSettings.Limits> setting;

    Limit(String wireName, ToIntFunction<TenantSettings.Limits> setting) {
        this.wireName = wireName;
        this.setting = setting;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    int in(TenantSettings.Limits settings) {
        return setting.applyAsInt(settings);
    }
}
