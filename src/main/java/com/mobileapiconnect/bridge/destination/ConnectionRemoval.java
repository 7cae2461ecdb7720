package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.config.OneByOne;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Deletes a connection, and takes it out of the rules that name it if the caller wants it gone with all that waits. */
@Component
class ConnectionRemoval {

    private static final int MOST_NAMED = 5;

    private final TargetChanges changes;
    private final ConnectionUse use;
    private final OneByOne turns;

    ConnectionRemoval(TargetChanges changes, ConnectionUse use, OneByOne turns) {
        this.changes = changes;
        this.use = use;
        this.turns = turns;
    }

    /**
     * Returns the id of the job that ends unfinished deliveries; null if there are none.
     *
     * @param find returns the published connection
     */
    @Nullable String delete(Caller.OfTenant who, Supplier<Target> find, IfMatch ifMatch, boolean discard) {
        return turns.until(who.tenantId(), () -> {
                    Target seen = find.get();
                    ConnectionUse.Release release = use.release(who.tenantId(), seen.id());
                    if (!discard && !release.names().isEmpty()) {
                        ifMatch.check(seen.version());
                        throw inUse(seen, release.names());
                    }
                    return changes.delete(who, seen, ifMatch, discard, release);
                })
                .job();
    }

    private static Problem inUse(Target target, List<String> names) {
        String shown = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMED;
        return Problem.conflict("Rules send to " + target.name() + ": " + shown
                + (more > 0 ? " and " + more + " more" : "")
                + ". Take the action out of them, or give ?discard=true, which does so and ends what is unfinished.");
    }
}
