package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All keys of a tenant at one moment, and what a holder of one of them may make of them. The operator may do all. */
record KeyRing(List<Credential> keys, Instant now) {

    /** Returns a key; throws a 404 {@link Problem} if there is none. */
    Credential get(String id) {
        return find(id).findFirst().orElseThrow(() -> Problem.notFound("key " + id));
    }

    private Stream<Credential> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id));
    }

    /**
     * Throws a {@link Problem} unless the caller may give a key these limits: nobody gives more than they have, nor for
     * longer.
     *
     * @param before the limits that the key has; null for a new one
     */
    void checkGift(Caller who, @Nullable Grant before, Grant after) {
        Grant own = grant(who);
        if (!own.covers(after) && (before == null || !before.covers(after))) {
            throw Problem.invalid(
                    "expiresAt", "must be no later than " + own.expiresAt() + ", when the key that you use expires");
        }
    }

    /** Returns the caller's limits as they are now: somebody may have taken its key away since the request began. */
    private Grant grant(Caller who) {
        if (!(who instanceof Caller.OfTenant tenant)) {
            return Grant.UNLIMITED;
        }
        Grant own = find(tenant.keyId())
                .findFirst()
                .orElseThrow(() -> Problem.unauthorized("Unknown API key."))
                .grant();
        own.requireOneOf(Set.of());
        return own;
    }

    /**
     * Throws a 409 {@link Problem} if a change by a tenant would leave nobody who can manage its keys: now, or, where
     * some key never expires, ever.
     */
    void checkLeft(Caller who, KeyRing after) {
        grant(who);
        if (who instanceof Caller.OfTenant && !after.hasLasting() && (hasLasting() || !after.hasManager())) {
            throw Problem.conflict("Nobody could manage the tenant's keys then: this is its last key with the scope"
                    + " everything that does not expire. Create another one first, or ask the operator.");
        }
    }

    private boolean hasLasting() {
        return managers().anyMatch(grant -> grant.expiresAt() == null);
    }

    private boolean hasManager() {
        return managers().anyMatch(grant -> !grant.expired(now));
    }

    private Stream<Grant> managers() {
        return keys.stream().map(Credential::grant).filter(Grant::everything);
    }

    KeyRing without(Credential gone) {
        return new KeyRing(
                keys.stream().filter(key -> !key.id().equals(gone.id())).toList(), now);
    }

    KeyRing with(Credential changed) {
        return new KeyRing(
                keys.stream()
                        .map(key -> key.id().equals(changed.id()) ? changed : key)
                        .toList(),
                now);
    }
}
