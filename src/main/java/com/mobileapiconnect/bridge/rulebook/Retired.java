package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.Unfinished;
import com.mobileapiconnect.bridge.store.Unfinished.Removal;
import com.mobileapiconnect.bridge.thread.Threads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Removes actions that no rule has any more. Their targets stay until their last deliveries have ended; then only the
 * name remains. Decisions by the old rules, made a moment ago, still find them.
 */
@Component
class Retired implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Retired.class);
    /** Longer than intake waits for a commit: after that nothing is decided by the old rules any more. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private static final int AT_ONCE = 100;

    private final Targets targets;
    private final List<Unfinished> unfinished;
    private final Store store;
    private final Clock clock;
    private final Map<String, Instant> since = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Threads.timer("retired-actions");

    Retired(Targets targets, List<Unfinished> unfinished, Rulebooks rulebooks, Store store, Clock clock) {
        this.targets = targets;
        this.unfinished = unfinished;
        this.store = store;
        this.clock = clock;
        Set<String> named =
                rulebooks.all().flatMap(rules -> rules.ownTargets().stream()).collect(Collectors.toSet());
        add(targets.all().stream()
                .filter(target -> target.isAction() && !named.contains(target.id()))
                .map(Target::id)
                .toList());
        timer.scheduleWithFixedDelay(this::buryFinished, GRACE.toSeconds(), GRACE.toSeconds(), TimeUnit.SECONDS);
    }

    void add(Collection<String> targetIds) {
        Instant now = clock.instant();
        targetIds.forEach(id -> since.put(id, now));
    }

    private void buryFinished() {
        buryFinished(clock.instant().minus(GRACE));
    }

    /** Removes actions that have nothing under way and were retired by then. */
    void buryFinished(Instant before) {
        List<Target> due = since.entrySet().stream()
                .filter(retired -> !retired.getValue().isAfter(before))
                .flatMap(retired -> targets.find(retired.getKey()).stream())
                .toList();
        try {
            for (int i = 0; i < due.size(); i += AT_ONCE) {
                bury(due.subList(i, Math.min(due.size(), i + AT_ONCE)));
            }
        } catch (StoreUnavailableException e) {
            LOG.debug("Another time", e);
        }
    }

    private void bury(List<Target> due) {
        List<Target> buried = store.writeNow(tx -> {
            List<Target> finished = new ArrayList<>();
            for (Target retired : due) {
                Target target = targets.find(tx, retired.id()).orElse(null);
                boolean open = target != null && target.open();
                Removal removal = Removal.ofTarget(retired.id());
                if (open
                        && unfinished.stream()
                                .anyMatch(each -> each.noneOf(tx.sql(), removal).isEmpty())) {
                    continue;
                }
                if (target != null && !open) {
                    // Nobody can resume a target without a rule: such deliveries would be held for ever.
                    Unfinished.discard(
                            tx, unfinished, new Unfinished.Discarded(retired.tenantId(), List.of(removal), false));
                }
                targets.remove(tx, retired.id());
                finished.add(retired);
            }
            return finished;
        });
        buried.forEach(target -> since.remove(target.id()));
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
