package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;

/** A webhook that each tenant has once, so its path needs no id. */
abstract class SingleWebhook {

    private final Target.Type type;
    private final String path;
    private final Targets targets;
    private final TargetFields fields;
    private final TargetChanges changes;
    private final Clock clock;

    SingleWebhook(
            Target.Type type, String path, Targets targets, TargetFields fields, TargetChanges changes, Clock clock) {
        this.type = type;
        this.path = path;
        this.targets = targets;
        this.fields = fields;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    WebhookView get(Caller.OfTenant caller) {
        Instant now = clock.instant();
        return targets.single(caller.tenantId(), type).map(this::view).orElseGet(() -> {
            Target unset = unset(caller.tenantId(), now);
            return WebhookView.of(unset, TargetView.ofUnset(unset, now));
        });
    }

    @PutMapping
    WebhookView put(Caller.OfTenant caller, IfMatch ifMatch, JsonBody body) {
        Instant now = clock.instant();
        return view(changes.replace(
                caller,
                () -> targets.single(caller.tenantId(), type).orElseGet(() -> unset(caller.tenantId(), now)),
                ifMatch,
                old -> fields.webhook(Fields.of(body), old, now)));
    }

    @PostMapping("/pause")
    WebhookView pause(Caller.OfTenant caller, IfMatch ifMatch) {
        return view(changes.pause(caller, find(caller), ifMatch));
    }

    @PostMapping("/resume")
    WebhookView resume(Caller.OfTenant caller, IfMatch ifMatch) {
        return view(changes.resume(caller, find(caller), ifMatch));
    }

    @PostMapping("/rotate-secret")
    RotatedSecret rotate(Caller.OfTenant caller, IfMatch ifMatch) {
        return changes.rotate(caller, find(caller), ifMatch);
    }

    private Target find(Caller.OfTenant caller) {
        return targets.single(caller.tenantId(), type)
                .orElseThrow(() -> Problem.notFound(name() + " yet; set it with PUT " + path));
    }

    private Target unset(String tenantId, Instant now) {
        return UnsetWebhook.of(type, tenantId, now);
    }

    private WebhookView view(Target target) {
        return WebhookView.of(target, TargetView.of(target, clock.instant()));
    }

    private String name() {
        return UnsetWebhook.name(type);
    }
}
