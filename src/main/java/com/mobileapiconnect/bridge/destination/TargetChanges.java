package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Rework;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.store.Unfinished;
import com.mobileapiconnect.bridge.store.Unfinished.Removal;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Changes of targets by people, the same for the forward-all webhook and for connections. */
@Component
@EnableConfigurationProperties(TargetSettings.class)
public class TargetChanges {

    private final Targets targets;
    private final ConnectionResources resources;
    private final List<Unfinished> unfinished;
    private final Audit audit;
    private final Limits limits;
    private final TargetSettings settings;
    private final Clock clock;

    TargetChanges(
            Targets targets,
            ConnectionResources resources,
            List<Unfinished> unfinished,
            Audit audit,
            Limits limits,
            TargetSettings settings,
            Clock clock) {
        this.targets = targets;
        this.resources = resources;
        this.unfinished = unfinished;
        this.audit = audit;
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes a connection. */
    Target create(Caller.OfTenant who, Target wanted) {
        return audit.change(
                who,
                who.tenantId(),
                tx -> {
                    int had = targets.connections(tx, who.tenantId());
                    limits.check(who.tenantId(), Limit.CONNECTIONS, "name", had, had + 1);
                    resources.require(tx, wanted, "");
                    return bounded(tx, wanted, none -> wanted);
                },
                made -> entry("create", made, made.url()));
    }

    /**
     * Replaces the settings of a target; its state and all secrets that are not given are kept.
     *
     * @param find returns the published target
     * @param wanted reads the request, given the old target; runs on the caller's thread because it takes long
     */
    Target replace(Caller who, Supplier<Target> find, IfMatch ifMatch, UnaryOperator<Target> wanted) {
        return Rework.until(() -> {
            Target seen = find.get();
            Target next = wanted.apply(seen);
            ifMatch.check(seen.version());
            return audit.change(who, seen.tenantId(), tx -> replace(tx, seen, next, ifMatch), saved -> saved.map(
                            target -> entry("update", target, target.url()))
                    .orElse(null));
        });
    }

    private Optional<Target> replace(Transaction tx, Target seen, Target next, IfMatch ifMatch) {
        Target now = targets.find(tx, seen.id()).orElse(null);
        if (now == null && seen.version() > 0) {
            throw gone(seen);
        }
        if (now != null && !now.reach().keepsAs(seen.reach())) {
            return Optional.empty();
        }
        ifMatch.check(now == null ? 0 : now.version());
        resources.require(tx, next, "");
        return Optional.of(bounded(tx, next, row -> row == null ? next : next.onto(row)));
    }

    private Target bounded(Transaction tx, Target wanted, Register.Change<Target> change) {
        long before = targets.length(tx, wanted.tenantId());
        Target stored = targets.change(tx, wanted.id(), change);
        String field = wanted.type() == Target.Type.CONNECTION ? "properties" : "http";
        TargetLength.check(field, before, targets.length(tx, wanted.tenantId()));
        return stored;
    }

    Target pause(Caller.OfTenant who, Target seen, IfMatch ifMatch) {
        return change(who, "pause", seen, ifMatch, now -> now.with(Target.State.PAUSED, clock.instant()));
    }

    Target resume(Caller.OfTenant who, Target seen, IfMatch ifMatch) {
        return change(who, "resume", seen, ifMatch, now -> now.with(Target.State.ACTIVE, clock.instant()));
    }

    /** The new secret, not shown again; the previous one stays valid for the overlap. */
    RotatedSecret rotate(Caller.OfTenant who, Target seen, IfMatch ifMatch) {
        Target rotated = change(who, "rotate-secret", seen, ifMatch, now -> {
            Instant at = clock.instant();
            return now.with(now.signing().rotated(at, settings.rotationOverlap()), at);
        });
        Redacted secret = rotated.signing().current();
        if (secret == null) {
            throw new IllegalStateException("A rotation always makes a secret: " + rotated.id());
        }
        return new RotatedSecret(secret.reveal(), rotated.signing().previousUntil(), rotated.version());
    }

    private Target change(
            Caller.OfTenant who, String action, Target seen, IfMatch ifMatch, UnaryOperator<Target> change) {
        ifMatch.check(seen.version());
        return audit.change(
                who,
                who.tenantId(),
                tx -> targets.changeIfPresent(tx, seen.id(), now -> {
                            ifMatch.check(now.version());
                            return change.apply(now);
                        })
                        .orElseThrow(() -> gone(seen)),
                saved -> entry(action, saved, saved.url()));
    }

    /** Returns the id of the job that ends unfinished deliveries; null if there are none. */
    @Nullable String delete(Caller.OfTenant who, Target seen, IfMatch ifMatch, boolean discard) {
        requireRoom(who, discard);
        return audit.change(
                        who,
                        who.tenantId(),
                        tx -> delete(tx, who, seen, ifMatch, discard),
                        done -> deleted(done.target()))
                .job();
    }

    /**
     * Deletes a connection and takes it out of what names it; empty, with nothing changed, if that is another by now.
     */
    Optional<Removed> delete(
            Caller.OfTenant who, Target seen, IfMatch ifMatch, boolean discard, ConnectionUse.Release release) {
        requireRoom(who, discard);
        return audit.change(
                who,
                who.tenantId(),
                tx -> {
                    if (!release.stands(tx)) {
                        return Optional.<Removed>empty();
                    }
                    Removed done = delete(tx, who, seen, ifMatch, discard);
                    release.write(tx, who);
                    return Optional.of(done);
                },
                done -> done.map(removed -> deleted(removed.target())).orElse(null));
    }

    private void requireRoom(Caller.OfTenant who, boolean discard) {
        if (discard) {
            unfinished.forEach(each -> each.requireRoom(who.tenantId()));
        }
    }

    private Removed delete(Transaction tx, Caller.OfTenant who, Target seen, IfMatch ifMatch, boolean discard) {
        Removed done = remove(tx, who.tenantId(), List.of(seen), discard);
        ifMatch.check(done.target().version());
        return done;
    }

    private static Audit.Entry deleted(Target target) {
        return entry("delete", target, target.name());
    }

    /** @param job ends the unfinished deliveries of the targets; null if there are none */
    public record Removed(List<Target> targets, @Nullable String job) {

        private Target target() {
            return targets.get(0);
        }
    }

    /** Removes targets as a part of a larger change. */
    public Removed remove(Transaction tx, String tenantId, List<Target> unwanted, boolean discard) {
        List<Removal> removals =
                unwanted.stream().map(target -> Removal.ofTarget(target.id())).toList();
        if (!discard) {
            requireFinished(tx, unwanted);
        }
        String job =
                discard ? Unfinished.discard(tx, unfinished, new Unfinished.Discarded(tenantId, removals, true)) : null;
        List<Target> removed =
                targets.removeAll(tx, unwanted.stream().map(Target::id).toList());
        if (removed.size() < unwanted.size()) {
            List<Target> late = new ArrayList<>(unwanted);
            late.removeIf(target -> removed.stream().anyMatch(one -> one.id().equals(target.id())));
            throw gone(late.get(0));
        }
        return new Removed(removed, job);
    }

    private void requireFinished(Transaction tx, List<Target> unwanted) {
        Map<String, Target> byId = unwanted.stream().collect(Collectors.toMap(Target::id, Function.identity()));
        unfinished.stream()
                .flatMap(each -> each.firstOf(tx.sql(), byId.keySet()).stream())
                .findFirst()
                .map(byId::get)
                .ifPresent(TargetChanges::refuse);
    }

    private static void refuse(Target target) {
        throw Problem.conflict(target.name() + " has unfinished deliveries. Wait, or give ?discard=true: they become"
                + " failed then, reason deleted.");
    }

    /** Returns the problem that the target was deleted a moment ago. */
    private static Problem gone(Target target) {
        return Problem.notFound(target.type().wireName() + " " + target.publicId());
    }

    private static Audit.Entry entry(String action, Target target, @Nullable String detail) {
        return new Audit.Entry(target.type().wireName() + "." + action, target.publicId(), detail);
    }
}
