package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Outbox;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Clock;
import java.time.Instant;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sends a sample event now and answers with the attempt; nothing is stored. */
@RestController
class TryOutResource {

    private final Outbox outbox;
    private final Targets targets;
    private final Tenants tenants;
    private final Clock clock;

    TryOutResource(Outbox outbox, Targets targets, Tenants tenants, Clock clock) {
        this.outbox = outbox;
        this.targets = targets;
        this.tenants = tenants;
        this.clock = clock;
    }

    @PostMapping("/v1/webhooks/test")
    DeliveryView.AttemptView webhook(Caller.OfTenant caller) {
        return tryOut(targets.webhookOf(caller.tenantId())
                .filter(t -> t.url() != null)
                .orElseThrow(() -> Problem.notFound("forward-all webhook yet; set it with PUT /v1/webhooks")));
    }

    @PostMapping("/v1/webhooks/operations/test")
    DeliveryView.AttemptView operations(Caller.OfTenant caller) {
        return tryOut(targets.operationsOf(caller.tenantId())
                .filter(t -> t.url() != null)
                .orElseThrow(
                        () -> Problem.notFound("operations webhook yet; set it with PUT /v1/webhooks/operations")));
    }

    @PostMapping("/v1/connections/{id}/test")
    DeliveryView.AttemptView connection(Caller.OfTenant caller, @PathVariable String id) {
        return tryOut(targets.ofTenant(caller.tenantId(), id)
                .filter(t -> t.type() == Target.Type.CONNECTION)
                .orElseThrow(() -> Problem.notFound("connection " + id)));
    }

    private DeliveryView.AttemptView tryOut(Target target) {
        Instant now = WireTime.truncate(clock.instant());
        InboundMessage sample = new InboundMessage(
                Ids.random("msg_"),
                target.tenantId(),
                "dev_sample",
                null,
                "919876543210",
                "911234500000",
                "Test message from ERP Bridge",
                null,
                null,
                now,
                Flags.NONE);
        StoredMessage message =
                new StoredMessage(0, sample, tenants.get(target.tenantId()).name(), now, null);
        return outbox.tryOut(Delivery.mirror(message, target.id(), null), target)
                .map(DeliveryView.AttemptView::of)
                .orElseThrow(() -> Problem.unavailable("The delivery route is not running."));
    }
}
