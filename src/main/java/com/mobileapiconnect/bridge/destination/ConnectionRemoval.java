package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.config.OneByOne;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Deletes a connection together with the actions of rules that send to it, in one change. */
@Component
class ConnectionRemoval {

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
                    return changes.delete(who, seen, ifMatch, discard, release);
                })
                .job();
    }
}
