package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people do to targets, the same for the forward-all webhook and for connections. */
@Component
public class TargetChanges {

    private final Targets targets;
    private final UnfinishedDeliveries unfinished;
    private final Audit audit;
    private final TargetSettings settings;
    private final Clock clock;

    TargetChanges(Targets targets, UnfinishedDeliveries unfinished, Audit audit, TargetSettings settings, Clock clock) {
        this.targets = targets;
        this.unfinished = unfinished;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    Target save(Caller.OfTenant who, String action, Target target) {
        audit.change(who, who.tenantId(), entry(action, target, target.url()), tx -> targets.put(tx, target));
        targets.publish(target);
        return target;
    }

    Target pause(Caller.OfTenant who, Target target) {
        return save(who, "pause", target.with(Target.State.PAUSED, clock.instant()));
    }

    Target resume(Caller.OfTenant who, Target target) {
        return save(who, "resume", target.with(Target.State.ACTIVE, clock.instant()));
    }

    /** The new secret, shown this once; the one before stays valid for the overlap. */
    RotatedSecret rotate(Caller.OfTenant who, Target target) {
        Instant now = clock.instant();
        Signing rotated = target.signing().rotated(now, settings.rotationOverlap());
        save(who, "rotate-secret", target.with(rotated, now));
        Redacted secret = rotated.current();
        if (secret == null) {
            throw new IllegalStateException("A rotation always makes a secret: " + target.id());
        }
        return new RotatedSecret(secret.reveal(), rotated.previousUntil());
    }

    void delete(Caller.OfTenant who, Target target, boolean discard) {
        try {
            audit.change(
                    who, who.tenantId(), entry("delete", target, target.name()), tx -> remove(tx, target, discard));
        } catch (RuntimeException e) {
            targets.publish(target);
            throw e;
        }
        awaitRemoved(target);
    }

    /** Waits until what was unfinished has ended, but for a minute at most; it goes on in any case. */
    public void awaitRemoved(Target target) {
        unfinished.awaitDiscarded(target.id());
    }

    /** As a part of a larger change; when that fails, {@link Targets#publish} it again, else {@link #awaitRemoved}. */
    public void remove(Transaction tx, Target target, boolean discard) {
        if (!discard && unfinished.ofTarget(tx, target.id())) {
            throw Problem.conflict(
                    target.name() + " has unfinished deliveries. Wait, or give ?discard=true: they become"
                            + " failed then, reason deleted.");
        }
        if (discard) {
            unfinished.discardOfTarget(tx, target.id());
        }
        targets.bury(tx, target, clock.instant());
        // Within the transaction, so that no message accepted after it makes a delivery for it.
        targets.forget(target);
    }

    private static Audit.Entry entry(String action, Target target, @Nullable String detail) {
        return new Audit.Entry(target.type().wireName() + "." + action, target.publicId(), detail);
    }
}
