package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Versioned;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The URL and the switch of the forward-all webhook, apart from its other settings, which stay as they are. */
@Component
public class ForwardUrl {

    private final Targets targets;
    private final TargetFields targetFields;
    private final TargetChanges changes;
    private final Clock clock;

    ForwardUrl(Targets targets, TargetFields targetFields, TargetChanges changes, Clock clock) {
        this.targets = targets;
        this.targetFields = targetFields;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * The forward-all webhook as a phone sees it.
     *
     * @param signing whether it has a secret
     */
    public record View(
            @Nullable String url,
            boolean enabled,
            boolean signing,
            String status,
            @Nullable String statusReason,
            long version)
            implements Versioned {

        static View of(Target target) {
            return new View(
                    target.url(),
                    target.enabled(),
                    target.signing().current() != null,
                    target.status().wireName(),
                    target.statusReason(),
                    target.version());
        }
    }

    public View get(String tenantId) {
        return View.of(find(tenantId, clock.instant()));
    }

    private Target find(String tenantId, Instant now) {
        return targets.single(tenantId, Target.Type.WEBHOOK)
                .orElseGet(() -> UnsetWebhook.of(Target.Type.WEBHOOK, tenantId, now));
    }

    /** Replaces both by what a request gives: {@code url}, and {@code enabled}, which is true when left out. */
    public View set(Caller who, String tenantId, IfMatch ifMatch, Fields fields) {
        fields.allow("url", "enabled", "signing", "status", "statusReason", "version");
        Instant now = clock.instant();
        boolean enabled = fields.flag("enabled", true);
        String url = targetFields.url(fields, "url", tenantId, enabled);
        fields.orThrow();
        return View.of(changes.replace(who, () -> find(tenantId, now), ifMatch, old -> with(old, url, enabled, now)));
    }

    private static Target with(Target old, @Nullable String url, boolean enabled, Instant now) {
        if (url != null && !old.http().none() && !HttpOptions.sameOrigin(old.url(), url)) {
            throw Problem.conflict("The forward-all webhook has headers or credentials that are meant for its present"
                    + " receiver. Somebody with an API key has to set another one: PUT /v1/webhooks.");
        }
        Target.Reach reach = old.reach();
        return new Target(
                old.key(),
                old.name(),
                new Target.Reach(
                        reach.connector(), url, reach.properties(), reach.http(), reach.signing(), reach.answers()),
                new Target.Mirror(enabled, old.mirror().when(), old.mirror().events()),
                old.form(),
                old.state(),
                old.redelivery(),
                old.pace(),
                old.stamps().updated(now));
    }
}
