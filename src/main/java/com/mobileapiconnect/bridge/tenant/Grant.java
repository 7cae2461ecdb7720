package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.WireName;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The things that an API key may do, and how long.
 *
 * @param scopes    in the order of the constants; {@code everything} stands alone
 * @param expiresAt the first moment at which the key is good no more; null for never
 */
public record Grant(Set<Scope> scopes, @Nullable Instant expiresAt) {

    /** The grant of a key that nobody has limited. */
    public static final Grant UNLIMITED = new Grant(Set.of(Scope.EVERYTHING), null);

    public Grant {
        Set<Scope> sorted = EnumSet.noneOf(Scope.class);
        sorted.addAll(scopes);
        scopes = scopes.contains(Scope.EVERYTHING) ? Set.of(Scope.EVERYTHING) : Collections.unmodifiableSet(sorted);
    }

    /** Returns whether this allows all there is. */
    public boolean everything() {
        return scopes.contains(Scope.EVERYTHING);
    }

    boolean expired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Returns whether this goes on as long as the other, or longer. */
    boolean lastsAsLongAs(Grant other) {
        return expiresAt == null || other.expiresAt != null && !other.expiresAt.isAfter(expiresAt);
    }

    /** Returns whether a holder of this gains nothing by the other. */
    boolean covers(Grant other) {
        return (everything() || scopes.containsAll(other.scopes)) && lastsAsLongAs(other);
    }

    /** Throws a 403 {@link Problem} that says what is missing, unless this has everything or one of the scopes. */
    void requireOneOf(Set<Scope> enough) {
        if (!everything() && Collections.disjoint(scopes, enough)) {
            throw Problem.forbidden("This needs an API key with the scope " + alternatives(enough) + "; this key has "
                    + WireName.list(scopes) + ".");
        }
    }

    private static String alternatives(Set<Scope> enough) {
        return Stream.concat(enough.stream().sorted(), Stream.of(Scope.EVERYTHING))
                .map(Scope::wireName)
                .collect(Collectors.joining(" or "));
    }

    List<String> names() {
        return scopes.stream().map(WireName::wireName).toList();
    }
}
