package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Removes old rows in steps, by the rules of their tables' owners and the periods of the settings. */
@Component
@EnableConfigurationProperties(RetentionSettings.class)
class Retention implements SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final List<Job<?>> jobs;
    private final Store store;
    private final WriterSteps steps;
    private final Clock clock;
    private final RetentionSettings settings;
    private final ClockLeap leap;

    private record Job<K>(String table, Ageing<K> ageing, Counter removed) {}

    Retention(
            List<TableOwner> owners,
            Store store,
            WriterSteps steps,
            Clock clock,
            RetentionSettings settings,
            MeterRegistry metrics) {
        this.jobs = TableOwner.inOrder(owners).stream()
                .flatMap(owner -> owner.tables().stream())
                .<Job<?>>flatMap(table -> table.ageing().stream().map(ageing -> job(table, ageing, metrics)))
                .toList();
        this.store = store;
        this.steps = steps;
        this.clock = clock;
        this.settings = settings;
        this.leap = new ClockLeap(clock, System::nanoTime);
        jobs.forEach(job -> settings.of(job.ageing().period())); // an unknown period fails now, not at the first run
    }

    private static <K> Job<K> job(Table table, Ageing<K> ageing, MeterRegistry metrics) {
        Counter removed = Counter.builder("bridge.retention.removed")
                .description("Rows that aged out")
                .tag("table", table.name())
                .tag("period", ageing.period().name())
                .register(metrics);
        return new Job<>(table.name(), ageing, removed);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::runInTime, settings.every(), settings.every()));
    }

    /** Runs all tables once, unless the clock has just been set far ahead. */
    void runInTime() {
        if (!leap.isRecent()) {
            run();
        }
    }

    /** Runs all tables once, now. */
    synchronized void run() {
        Instant now = clock.instant();
        long all = 0;
        for (Job<?> job : jobs) {
            long removed = run(job, now);
            if (removed > 0) {
                LOG.info(
                        "Aged out: {} of {} ({})",
                        removed,
                        job.table(),
                        job.ageing().period().name());
            }
            all += removed;
        }
        while (all > 0 && steps.reclaim()) {
            LOG.debug("Pages given back to the file system");
        }
    }

    private <K> long run(Job<K> job, Instant now) {
        if (!settings.ends(job.ageing().period())) {
            return 0;
        }
        Instant before = now.minus(settings.of(job.ageing().period()));
        long removed = 0;
        @Nullable K after = null;
        do {
            K from = after;
            int limit = steps.size();
            Ageing.Found<K> found = store.read(sql -> job.ageing().finding().find(sql, from, before, limit));
            if (!found.rows().isEmpty()) {
                int gone = steps.take(tx -> job.ageing().removing().remove(tx, found.rows()));
                job.removed().increment(gone);
                removed += gone;
            }
            after = found.next();
        } while (after != null);
        return removed;
    }
}
