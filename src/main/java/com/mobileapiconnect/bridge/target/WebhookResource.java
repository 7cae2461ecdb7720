package com.mobileapiconnect.bridge.target;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.rule.When;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The forward-all webhook: fires for every inbound message, whatever the rules say. */
@RestController
@RequestMapping("/v1/webhooks")
class WebhookResource {

    private final Targets targets;
    private final TargetFields fields;
    private final TargetChanges changes;
    private final Clock clock;

    WebhookResource(Targets targets, TargetFields fields, TargetChanges changes, Clock clock) {
        this.targets = targets;
        this.fields = fields;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    Map<String, @Nullable Object> get(Caller.OfTenant caller) {
        return targets.webhookOf(caller.tenantId()).map(this::view).orElseGet(() -> {
            Map<String, @Nullable Object> unset = view(unset(caller.tenantId(), clock.instant()));
            unset.put("createdAt", null);
            unset.put("updatedAt", null);
            return unset;
        });
    }

    @PutMapping
    Map<String, @Nullable Object> put(Caller.OfTenant caller, JsonBody body) {
        Instant now = clock.instant();
        Target old = targets.webhookOf(caller.tenantId()).orElseGet(() -> unset(caller.tenantId(), now));
        return view(changes.save(caller, "update", fields.webhook(Fields.of(body), old, now)));
    }

    @PostMapping("/pause")
    Map<String, @Nullable Object> pause(Caller.OfTenant caller) {
        return view(changes.pause(caller, find(caller)));
    }

    @PostMapping("/resume")
    Map<String, @Nullable Object> resume(Caller.OfTenant caller) {
        return view(changes.resume(caller, find(caller)));
    }

    @PostMapping("/rotate-secret")
    Map<String, @Nullable Object> rotate(Caller.OfTenant caller) {
        return changes.rotate(caller, find(caller));
    }

    private Target find(Caller.OfTenant caller) {
        return targets.webhookOf(caller.tenantId())
                .orElseThrow(() -> Problem.notFound("forward-all webhook yet; set it with PUT /v1/webhooks"));
    }

    private static Target unset(String tenantId, Instant now) {
        return new Target(
                // One per tenant, whoever sets it first: the id follows from the tenant's.
                "whk_" + Ids.rest(tenantId),
                tenantId,
                Target.Type.WEBHOOK,
                "Forward-all webhook",
                "webhook",
                null,
                false,
                Target.Status.ACTIVE,
                null,
                Signing.NONE,
                When.EVERYTHING,
                JsonNodeFactory.instance.objectNode(),
                RedeliveryPolicy.DEFAULT,
                Target.Pace.DEFAULT,
                now,
                now);
    }

    private Map<String, @Nullable Object> view(Target target) {
        return TargetView.webhook(target, clock.instant());
    }
}
