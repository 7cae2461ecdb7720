package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.RemovedDeliveries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Tenants;
import com.mobileapiconnect.bridge.thread.Threads;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The lanes, one for each target, and the ways in which deliveries come to them. */
@Component
public class Lanes {

    private final Targets targets;
    private final Tenants tenants;
    private final Engine engine;
    private final Reorder reorder;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    /**
     * Follows commits up, in their order. A lane may load a delivery from the store and send it before the delivery is
     * handed over. Settling runs on this thread too, later than the hand-over, so the lane still knows the delivery and
     * does not send it twice.
     */
    private final ExecutorService afterwards = Threads.one("outbox-commits");

    public Lanes(Targets targets, Tenants tenants, Deliveries deliveries, Engine engine, Reorder reorder) {
        this.targets = targets;
        this.tenants = tenants;
        this.engine = engine;
        this.reorder = reorder;
        targets.watch(this::changed);
        tenants.watch((before, now) -> {
            if (before != null && now != null && before.active() != now.active()) {
                suspended(now.id(), !now.active());
            }
        });
        deliveries.watchRemoved(removed -> afterwards.execute(() -> removed(removed)));
    }

    /** Forgets removed deliveries in the order of commits, and therefore never before they are handed over. */
    private void removed(RemovedDeliveries removed) {
        removed.byTarget().forEach(this::forget);
        removed.released().forEach(this::wake);
    }

    /** Hands deliveries made in this transaction to their lanes after its commit. */
    public void handOverAfter(Transaction tx, List<Delivery> made) {
        if (!made.isEmpty()) {
            tx.afterCommit(() -> afterwards.execute(() -> handOver(made)));
        }
    }

    /** Returns the thread that follows commits up, in their order. */
    Executor afterwards() {
        return afterwards;
    }

    /** Passes deliveries that were just committed to their lanes; to be called on {@link #afterwards} only. */
    void handOver(List<Delivery> committed) {
        for (Delivery delivery : committed) {
            Lane lane = lane(delivery.targetId());
            if (lane != null) {
                lane.offer(delivery);
            }
        }
    }

    /** Picks up everything unfinished in the store, now that calls can be made. */
    void opened() {
        targets.all().forEach(target -> {
            reorder.atStart(target, this::wake);
            lane(target.id());
        });
        sweep();
    }

    /** Lets every lane look into the store now. */
    void sweep() {
        lanes.values().forEach(Lane::wake);
    }

    public void wake(String targetId) {
        Lane lane = lane(targetId);
        if (lane != null) {
            lane.wake();
        }
    }

    Collection<Lane> all() {
        return lanes.values();
    }

    private @Nullable Lane lane(String targetId) {
        Lane lane = lanes.get(targetId);
        if (lane != null) {
            return lane;
        }
        // The look-up blocks a removal of the lane meanwhile: no lane outlives its target.
        return lanes.computeIfAbsent(
                targetId, id -> targets.find(id).map(this::newLane).orElse(null));
    }

    private Lane newLane(Target target) {
        Lane lane = new Lane(target, engine);
        lane.suspended(!tenants.active(target.tenantId()));
        return lane;
    }

    /**
     * Closes or opens the lanes of a tenant on the writer's thread, before the change is acknowledged. A lane that is
     * being made is waited for; one that is made later asks for itself.
     */
    private void suspended(String tenantId, boolean suspended) {
        for (Target target : targets.all()) {
            if (target.tenantId().equals(tenantId)) {
                Lane lane = lanes.computeIfPresent(target.id(), (id, made) -> made);
                if (lane != null) {
                    lane.suspended(suspended);
                }
                if (!suspended) {
                    afterwards.execute(() -> wake(target.id()));
                }
            }
        }
    }

    /**
     * Follows a change of a target on the writer's thread, before the change is acknowledged: a closed lane starts no
     * call any more.
     */
    private void changed(@Nullable Target before, @Nullable Target now) {
        if (now == null) {
            Lane gone = before == null ? null : lanes.remove(before.id());
            if (gone != null) {
                gone.remove();
            }
            return;
        }
        Lane lane = lane(now.id());
        if (lane == null) {
            return;
        }
        if (lane.target().pace().ordered() != now.pace().ordered()) {
            reorder.changed(now, this::wake);
        }
        lane.changed(now);
        // Calls are started on another thread, because the writer has the next group to commit.
        afterwards.execute(lane::wake);
    }

    /** Drops a target's deliveries that were removed from the store. */
    public void forget(String targetId, Set<String> deliveryIds) {
        Lane lane = lanes.get(targetId);
        if (lane != null) {
            lane.forget(deliveryIds);
        }
    }

    /** Returns the state of this target's lane. */
    public LaneView view(Target target) {
        Lane lane = lane(target.id());
        return lane == null ? LaneView.of(target) : lane.view();
    }
}
