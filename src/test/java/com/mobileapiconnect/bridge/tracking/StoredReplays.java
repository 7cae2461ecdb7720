package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Steps;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.tenant.Audit;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Replays of failed deliveries, taken step by step by a test of another package. */
public final class StoredReplays {

    private final Store store;
    private final Replay replay;

    public StoredReplays(RunningBridge bridge, Deliveries deliveries, Clock clock) {
        this.store = bridge.bean(Store.class);
        this.replay = new Replay(
                bridge.bean(DeliveryQueries.class),
                deliveries,
                bridge.bean(Targets.class),
                bridge.bean(Lanes.class),
                store,
                bridge.bean(Steps.class),
                bridge.bean(Audit.class),
                clock);
    }

    /** A replay as it stands in the store. */
    public static final class Job {

        private final ReplayJob job;

        private Job(ReplayJob job) {
            this.job = job;
        }
    }

    /** Begins a replay of everything of the target that failed until now. */
    public Job begin(String id, String tenantId, String targetId, Instant now) {
        ReplayJob job = new ReplayJob(id, new DeliveryFilter(tenantId, "failed", targetId, null, null, null, now), "");
        store.writeNow(tx -> {
            job.insert(tx);
            return job;
        });
        return new Job(job);
    }

    /** Every replay of the target that has not ended. */
    public List<Job> unfinished(String targetId) {
        return store.read(ReplayJob::all).stream()
                .filter(job -> targetId.equals(job.filter().targetId()))
                .map(Job::new)
                .toList();
    }

    /** The deliveries that the replay's next step takes on. */
    public Step look(Job of) {
        return new Step(of.job, store.read(sql -> replay.find(sql, of.job)));
    }

    /** One step of a replay: what it has found, and later makes due again. */
    public final class Step {

        private final ReplayJob job;
        private final List<DeliveryQueries.Match> found;

        private Step(ReplayJob job, List<DeliveryQueries.Match> found) {
            this.job = job;
            this.found = found;
        }

        public List<String> deliveryIds() {
            return found.stream().map(DeliveryQueries.Match::id).toList();
        }

        /** Makes what was found due again, and returns the replay as it is afterwards. */
        public Job take() {
            return new Job(store.writeNow(tx -> replay.step(tx, job, found)));
        }
    }
}
