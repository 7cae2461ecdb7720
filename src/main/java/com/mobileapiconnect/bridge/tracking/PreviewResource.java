package com.mobileapiconnect.bridge.tracking;

import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Outbox;
import com.mobileapiconnect.bridge.mapping.CannotBeException;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rulebook.SampleFields;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.AtOnce;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the very request that a connection would make of a message, and makes none. */
@RestController
class PreviewResource {

    static final int MAX_ID = 128;

    private final Targets targets;
    private final Outbox outbox;
    private final Samples samples;
    private final LateDeliveries late;
    private final AtOnce atOnce;

    /** Messages to look at: made up, or stored. */
    @Component
    record Samples(SampleFields fields, MessageQueries queries, Store store, Tenants tenants, Clock clock) {

        /** Reads the message of an order, whose other fields the caller has allowed. */
        StoredMessage read(Fields given, String tenantId) {
            String id = given.text("messageId", MAX_ID);
            if (id != null && given.has("message")) {
                given.wrong("messageId", "must not be given with message");
            } else if (id == null && given.raw("message") == null) {
                given.wrong(
                        "message",
                        "must be given, such as {\"from\":\"919876543210\",\"text\":\"balance\"}, or messageId");
            }
            given.orThrow();
            if (id != null) {
                return store.read(sql -> queries.find(sql, tenantId, id))
                        .map(MessageQueries.Row::message)
                        .orElseThrow(() -> Problem.invalid("messageId", "is no stored message"));
            }
            Fields message = given.objectOrEmpty("message");
            String rule = message.raw("matchedRuleId") instanceof TextNode text ? text.textValue() : null;
            StoredMessage made = new StoredMessage(
                    0, fields.read(message, tenantId), tenants.get(tenantId).name(), clock.instant(), rule);
            given.orThrow();
            return made;
        }
    }

    PreviewResource(Targets targets, Outbox outbox, Samples samples, LateDeliveries late, AtOnce atOnce) {
        this.targets = targets;
        this.outbox = outbox;
        this.samples = samples;
        this.late = late;
        this.atOnce = atOnce;
    }

    @PostMapping("/v1/connections/{id}/preview")
    PreviewView preview(Caller.OfTenant caller, @PathVariable String id, JsonBody body) {
        Target target = targets.ofTenant(caller.tenantId(), id)
                .filter(t -> t.type() == Target.Type.CONNECTION)
                .orElseThrow(() -> Problem.notFound("connection " + id));
        StoredMessage message = samples.read(Fields.of(body).allow("message", "messageId"), caller.tenantId());
        return of(target, message);
    }

    /** Shows the request that a target would make, one that is stored or a draft. */
    PreviewView of(Target target, StoredMessage message) {
        Delivery delivery =
                Delivery.mirror(message, target.id(), message.matchedRuleId(), late.carried(target, message));
        try (AtOnce.Held held = atOnce.take(target.tenantId(), Limit.TESTS_AT_ONCE)) {
            return outbox.preview(delivery, target)
                    .map(PreviewView::of)
                    .orElseThrow(() -> Problem.conflict("The connector " + target.connector()
                            + " would call nobody for this message, or there is no such connector any more."));
        } catch (CannotBeException e) {
            throw Problem.invalid("message", String.valueOf(e.getMessage()));
        }
    }
}
