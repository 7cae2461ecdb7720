package com.mobileapiconnect.bridge.trial;

import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rulebook.SampleFields;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Tenant;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the sample of a trial: a message as {@code POST /v1/rules/test} takes it, or a stored one; a target, a tenant. Anything
 * else is made up.
 */
@Component
class TrialSamples {

    static final int MAX_ID = 128;

    private static final String TENANT = "ten_sample";
    private static final String TARGET = "con_sample";

    private final SampleFields messages;
    private final MessageQueries queries;
    private final Targets targets;
    private final Tenants tenants;
    private final Places places;

    /** The store of messages, and the phones that they come from. */
    @Component
    record Places(Store store, Devices devices, Clock clock) {}

    TrialSamples(SampleFields messages, MessageQueries queries, Targets targets, Tenants tenants, Places places) {
        this.messages = messages;
        this.queries = queries;
        this.targets = targets;
        this.tenants = tenants;
        this.places = places;
    }

    /** Mistakes are in the fields afterwards, and the sample must then not be used. */
    TrialSample read(Fields fields) {
        StoredMessage stored = stored(fields);
        String target = fields.text("target", MAX_ID);
        String tenantId = tenant(fields, stored, target);
        StoredMessage message = stored == null ? made(fields, tenantId) : stored;
        Instant now = places.clock().instant();
        Target to = target == null
                ? Target.blankConnection(TARGET, tenantId, now)
                : targets.ofTenant(tenantId, target).orElseGet(() -> {
                    fields.wrong("target", "is no target of the tenant " + tenantId);
                    return Target.blankConnection(TARGET, tenantId, now);
                });
        String deviceId = message.message().deviceId();
        Device device = places.devices()
                .find(deviceId)
                .filter(phone -> phone.tenantId().equals(tenantId))
                .orElseGet(() -> Device.blank(deviceId, tenantId, now));
        return new TrialSample(message, device, to);
    }

    private @Nullable StoredMessage stored(Fields fields) {
        String id = fields.text("messageId", MAX_ID);
        if (id == null) {
            return null;
        }
        if (fields.has("message")) {
            fields.wrong("messageId", "must not be given with message");
        }
        Optional<MessageQueries.Row> found = places.store().read(sql -> queries.find(sql, id));
        if (found.isEmpty()) {
            fields.wrong("messageId", "is no stored message");
        }
        return found.map(MessageQueries.Row::message).orElse(null);
    }

    /** Returns the tenant that the message, the target and the request agree upon. */
    private String tenant(Fields fields, @Nullable StoredMessage stored, @Nullable String target) {
        String given = fields.text("tenantId", MAX_ID);
        if (given != null && tenants.find(given).isEmpty()) {
            fields.wrong("tenantId", "is no tenant");
        }
        if (stored != null) {
            String of = stored.message().tenantId();
            if (given != null && !given.equals(of)) {
                fields.wrong("tenantId", "is not the tenant of the message");
            }
            return of;
        } else if (given != null) {
            return given;
        }
        return target == null
                ? TENANT
                : targets.find(target).map(Target::tenantId).orElse(TENANT);
    }

    private StoredMessage made(Fields fields, String tenantId) {
        if (fields.raw("message") == null && !fields.has("messageId")) {
            fields.wrong(
                    "message", "must be given, such as {\"from\":\"919876543210\",\"text\":\"balance\"}, or messageId");
        }
        Fields given = fields.objectOrEmpty("message");
        return new StoredMessage(
                0,
                messages.read(given, tenantId),
                tenants.find(tenantId).map(Tenant::name).orElse("Sample"),
                places.clock().instant(),
                given.raw("matchedRuleId") instanceof TextNode rule ? rule.textValue() : null);
    }
}
