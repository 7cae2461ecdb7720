package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.destination.Answers;
import com.mobileapiconnect.bridge.destination.Form;
import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.Signing;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetFields;
import com.mobileapiconnect.bridge.destination.Targets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The targets of actions, as a rule in a request wants them. */
@Component
class ActionTargets {

    private final TargetFields targetFields;
    private final Targets targets;
    private final Clock clock;

    ActionTargets(TargetFields targetFields, Targets targets, Clock clock) {
        this.targetFields = targetFields;
        this.targets = targets;
        this.clock = clock;
    }

    /** Reads a URL that can be called; null if it is missing or invalid, which is reported. */
    @Nullable String url(Fields fields, String name, String tenantId) {
        return targetFields.url(fields, name, tenantId, true);
    }

    /** Reads the field {@code secret}: absent keeps the secret of the action's target, null removes it. */
    Signing signing(Fields fields, Target.Key action) {
        Signing old = targets.ofTenant(action.tenantId(), action.id())
                .map(Target::signing)
                .orElse(Signing.NONE);
        return TargetFields.signing(fields, old);
    }

    /** Reads {@code http}: omitted it is kept where the URL still leads to the same receiver, null removes it. */
    HttpOptions http(Fields fields, Target.Key action, String connector, @Nullable String url) {
        return targetFields.http(fields, old(action, connector), url);
    }

    /** The settings of an action's target, as its rule gives them. */
    record Wish(
            @Nullable String url,
            HttpOptions http,
            Signing signing,
            Answers answers,
            Form form,
            @Nullable Duration expiresAfter) {

        /** No settings: the connector does not call a URL. */
        static final Wish NONE = new Wish(null, HttpOptions.NONE, Signing.NONE, Answers.DEFAULT, Form.PLAIN, null);
    }

    /** Returns the target that an action should have: the one it has, with these settings, or a new one. */
    Target wanted(Target.Key action, String ruleName, String connector, Wish wish) {
        Instant now = clock.instant();
        String type = action.type().wireName();
        Target old = old(action, connector);
        return old.asAction(
                ruleName.isEmpty() ? type : ruleName + ": " + type,
                new Target.Reach(
                        old.connector(), wish.url(), old.properties(), wish.http(), wish.signing(), wish.answers()),
                wish.form(),
                wish.expiresAfter(),
                now);
    }

    /** Returns the target that an action has, or a new one that has only its identity. */
    private Target old(Target.Key action, String connector) {
        return targets.ofTenant(action.tenantId(), action.id())
                .orElseGet(() -> Target.blank(action, connector, clock.instant()));
    }

    /** Returns the id of one of the tenant's connections; null if there is none of this id. */
    @Nullable String connectionOf(String tenantId, String id) {
        return targets.ofTenant(tenantId, id)
                .filter(target -> target.type() == Target.Type.CONNECTION)
                .map(Target::id)
                .orElse(null);
    }
}
