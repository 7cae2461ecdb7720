package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.job.StoredJobs;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Replays of failed deliveries, taken step by step by a test of another package. */
public final class StoredReplays {

    private static final int STEP = 250;

    private final Store store;
    private final Replay replay;
    private final StoredJobs jobs;

    public StoredReplays(RunningBridge bridge, Deliveries deliveries, Clock clock) {
        this.store = bridge.bean(Store.class);
        this.jobs = new StoredJobs(store, clock);
        this.replay = new Replay(
                bridge.bean(DeliveryQueries.class),
                deliveries,
                bridge.bean(Targets.class),
                bridge.bean(Lanes.class),
                store);
    }

    /** Begins a replay of everything of the target that failed until now. */
    public Job begin(String tenantId, String targetId, Instant now) {
        Replay.Work work = new Replay.Work(DeliveryState.FAILED.code(), targetId, null, null, now.toEpochMilli());
        NewJob wanted = NewJob.by(tenantId, replay, work, null).unasked();
        return jobs.find(store.writeNow(tx -> jobs.jobs.begin(tx, wanted)));
    }

    /** Every replay of the target that has not ended. */
    public List<Job> unfinished(String targetId) {
        return jobs.open().stream()
                .filter(job -> targetId.equals(job.work(Replay.Work.class).target()))
                .toList();
    }

    /** The deliveries that the replay's next step takes on. */
    public Step look(Job job) {
        return new Step(job, store.read(sql -> replay.find(sql, job, STEP)));
    }

    /** One step of a replay: what it has found, and later makes due again. */
    public final class Step {

        private final Job job;
        private final List<DeliveryQueries.Match> found;

        private Step(Job job, List<DeliveryQueries.Match> found) {
            this.job = job;
            this.found = found;
        }

        public List<String> deliveryIds() {
            return found.stream().map(DeliveryQueries.Match::id).toList();
        }

        /** Makes what was found due again, and returns the replay as it is afterwards. */
        public Job take() {
            return jobs.take(replay, job, found, Instant.EPOCH);
        }
    }
}
