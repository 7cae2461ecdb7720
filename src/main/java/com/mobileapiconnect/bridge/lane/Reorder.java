package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.SenderOrder;
import com.mobileapiconnect.bridge.delivery.Steps;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts waiting deliveries in order when a lane begins to keep order, and out of it when it stops, in steps that never
 * hold the writer for long. The rows show the remaining work, which continues after a crash.
 */
@Component
public class Reorder {

    private static final Logger LOG = LoggerFactory.getLogger(Reorder.class);
    private final Store store;
    private final Steps steps;
    private final Deliveries deliveries;
    /** Changes under way, by target; a newer change replaces an older one. */
    private final Map<String, Target> underWay = new ConcurrentHashMap<>();

    public Reorder(Store store, Steps steps, Deliveries deliveries) {
        this.store = store;
        this.steps = steps;
        this.deliveries = deliveries;
    }

    /** Continues a change that a crash may have left half done. */
    void atStart(Target target, Consumer<String> done) {
        boolean ordered = target.pace().ordered();
        boolean left = store.read(sql -> SenderOrder.anyWith(sql, target.id(), !ordered));
        if (left) {
            changed(target, done);
        }
    }

    /** @param done receives the target when the change is complete */
    void changed(Target target, Consumer<String> done) {
        deliveries.inDisorder(target.id(), target.pace().ordered());
        underWay.put(target.id(), target);
        String what = "Putting target " + target.id() + (target.pace().ordered() ? " in order" : " out of order");
        steps.take(what, "", afterId -> step(target, afterId)).whenComplete((nothing, failure) -> {
            if (failure == null && isNewest(target)) {
                underWay.remove(target.id(), target);
                done.accept(target.id());
            }
        });
    }

    private CompletableFuture<Optional<String>> step(Target target, String afterId) {
        if (!isNewest(target)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return store.write(
                target.tenantId(),
                tx -> target.pace().ordered()
                        ? putInOrder(tx, target.id(), afterId)
                        : Optional.of(afterId).filter(place -> deliveries.putOutOfOrder(tx, target.id())));
    }

    private Optional<String> putInOrder(Transaction tx, String targetId, String afterId) throws SQLException {
        String next = SenderOrder.putInOrder(tx, targetId, afterId);
        if (next == null) {
            // Deliveries that came meanwhile were made to wait, and are released now.
            deliveries.inDisorder(targetId, false);
            while (deliveries.releaseHeadless(tx, targetId) > 0) {
                LOG.debug("Target {}: more senders go on", targetId);
            }
        }
        return Optional.ofNullable(next);
    }

    private boolean isNewest(Target target) {
        @Nullable Target newest = underWay.get(target.id());
        return newest != null && newest.pace().ordered() == target.pace().ordered();
    }
}
