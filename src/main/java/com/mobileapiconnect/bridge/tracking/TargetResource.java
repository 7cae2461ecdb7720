package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.delivery.Backlog;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Schedule;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the state of each lane, also of those of actions. */
@RestController
class TargetResource {

    private final Targets targets;
    private final Lanes lanes;
    private final Deliveries deliveries;
    private final Store store;
    private final Backlog backlog;
    private final Schedule schedule;

    TargetResource(
            Targets targets, Lanes lanes, Deliveries deliveries, Backlog backlog, Store store, Schedule schedule) {
        this.targets = targets;
        this.lanes = lanes;
        this.deliveries = deliveries;
        this.store = store;
        this.backlog = backlog;
        this.schedule = schedule;
    }

    @GetMapping("/v1/targets")
    Page<TargetLane> list(Caller.OfTenant caller, Page.Request page) {
        Page<Target> shown = Page.of(
                targets.withActions(caller.tenantId()).stream()
                        .sorted(Comparator.comparing(Target::id).reversed()),
                page,
                "targets:",
                each -> "targets:" + each.id());
        List<TargetLane> views = store.read(caller.tenantId(), sql -> {
            Instant now = schedule.now();
            return shown.data().stream()
                    .map(target -> TargetLane.of(
                            target,
                            lanes.view(target),
                            backlog.of(target.id()),
                            deliveries.oldestDue(sql, target.id()),
                            now))
                    .toList();
        });
        return new Page<>(views, shown.next());
    }
}
