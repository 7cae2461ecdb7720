package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.job.NewJob;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes people's orders to send again: a single delivery at once, many by a job. */
@Component
class ReplayRequests {

    private final Replay replay;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Jobs jobs;
    private final Audit audit;
    private final Clock clock;

    ReplayRequests(Replay replay, Deliveries deliveries, Lanes lanes, Jobs jobs, Audit audit, Clock clock) {
        this.replay = replay;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param job the job that sends the matching deliveries again; null for a dry run */
    record Answer(long matched, @Nullable String job) {}

    Answer count(DeliveryFilter filter) {
        return new Answer(replay.count(filter), null);
    }

    /** Begins a replay; deliveries that end after this moment are not included. */
    Answer begin(Caller.OfTenant who, DeliveryFilter filter) {
        String tenantId = who.tenantId();
        jobs.requireRoom(tenantId);
        Replay.Work work = Replay.Work.of(filter, clock.instant());
        long matched = replay.count(work.filter(tenantId));
        String job = audit.change(
                who,
                tenantId,
                tx -> jobs.begin(tx, NewJob.by(tenantId, replay, work, matched)),
                id -> new Audit.Entry("delivery.replay", id, matched + " deliveries"));
        return new Answer(matched, job);
    }

    /** Sends a single delivery again, whatever its state. */
    void again(Caller.OfTenant who, String deliveryId, String targetId) {
        Audit.Entry entry = new Audit.Entry("delivery.retry", deliveryId, null);
        audit.change(who, who.tenantId(), entry, tx -> deliveries.requeue(tx, List.of(deliveryId), null));
        lanes.wake(targetId);
    }
}
