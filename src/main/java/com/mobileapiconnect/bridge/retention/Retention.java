package com.mobileapiconnect.bridge.retention;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.store.StepSize;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Lets what has ended age out. It goes in steps, each a unit of work of its own that is made smaller when it held the
 * writer for long; between two steps everybody else has their turn.
 */
@Component
class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int PAGES_PER_STEP = 64;

    // Pending, or failed and still to be replayed: a target that was deleted gets nothing any more.
    private static final String UNDELIVERED = """
            select 1 from delivery d where d.message_seq = %s and (d.state = 0 or (d.state = 2 and not exists (
                select 1 from target t where t.id = d.target_id and t.deleted_at is not null)))""";
    private static final String OLD_MESSAGES = """
            select m.seq from message m where m.seq > ? and m.accepted_at < ? and not exists (%s)
            order by m.seq limit ?""".formatted(UNDELIVERED.formatted("m.seq"));
    private static final String IS_UNDELIVERED = UNDELIVERED.formatted("?") + " limit 1";
    private static final String OLD_EVENTS = """
            select id from delivery where message_seq = 0 and target_id > '' and id < ? and state > 0 limit ?""";
    private static final String OLD_ATTEMPTS = """
            select distinct a.delivery_id from attempt a join delivery d on d.id = a.delivery_id
            where a.delivery_id > ? and a.delivery_id < ? and d.state > 0 order by a.delivery_id limit ?""";
    private static final String DELETE_ATTEMPTS = "delete from attempt where delivery_id in (:ids)";
    private static final String OLD_BODIES = """
            select distinct a.delivery_id from attempt a join delivery d on d.id = a.delivery_id
            where a.delivery_id > ? and a.delivery_id < ? and a.response_body is not null and d.state > 0
            order by a.delivery_id limit ?""";
    private static final String EMPTY_BODIES =
            "update attempt set response_body = null where delivery_id in (:ids) and response_body is not null";

    private final Store store;
    private final Deliveries deliveries;
    private final Clock clock;
    private final RetentionSettings settings;
    private final Counter removed;
    private final Timer held;
    private final StepSize step = new StepSize();

    Retention(Store store, Deliveries deliveries, Clock clock, RetentionSettings settings, MeterRegistry metrics) {
        this.store = store;
        this.deliveries = deliveries;
        this.clock = clock;
        this.settings = settings;
        this.removed = Counter.builder("bridge.retention.messages")
                .description("Messages that aged out")
                .register(metrics);
        this.held = Timer.builder("bridge.retention.step")
                .description("How long one step of ageing out held the writer, its commit apart")
                .register(metrics);
    }

    @Scheduled(
            fixedDelayString = "${bridge.retention.every:PT10M}",
            initialDelayString = "${bridge.retention.every:PT10M}")
    synchronized void run() {
        Instant now = clock.instant();
        if (settings.bodies().compareTo(settings.attempts()) < 0) {
            attempts(OLD_BODIES, EMPTY_BODIES, now.minus(settings.bodies()));
        }
        if (settings.attempts().compareTo(settings.messages()) < 0) {
            attempts(OLD_ATTEMPTS, DELETE_ATTEMPTS, now.minus(settings.attempts()));
        }
        long messages = messages(now.minus(settings.messages()));
        long events = events(now.minus(settings.messages()));
        if (messages + events > 0) {
            LOG.info("{} messages and {} events aged out", messages, events);
            while (store.reclaim(PAGES_PER_STEP)) {
                LOG.debug("Pages given back to the file system");
            }
        }
    }

    private long messages(Instant before) {
        long total = 0;
        long after = 0;
        while (true) {
            long from = after;
            int limit = step.get();
            List<Long> seqs = store.read(sql -> sql.sql(OLD_MESSAGES)
                    .params(from, before.toEpochMilli(), limit)
                    .query(Long.class)
                    .list());
            if (seqs.isEmpty()) {
                return total;
            }
            after = seqs.get(seqs.size() - 1);
            // Asked again by the writer: a replay may have made one of them undelivered.
            int gone = timed(tx -> {
                List<Long> ended = seqs.stream().filter(seq -> ended(tx, seq)).toList();
                return Rows.remove(tx, deliveries, ended).messages();
            });
            removed.increment(gone);
            total += gone;
        }
    }

    private static boolean ended(Transaction tx, long seq) {
        return tx.sql()
                .sql(IS_UNDELIVERED)
                .param(seq)
                .query(Integer.class)
                .optional()
                .isEmpty();
    }

    private long events(Instant before) {
        long total = 0;
        while (true) {
            int limit = step.get();
            List<String> ids = store.read(sql -> sql.sql(OLD_EVENTS)
                    .params(bound(before), limit)
                    .query(String.class)
                    .list());
            if (ids.isEmpty()) {
                return total;
            }
            timed(tx -> deliveries.remove(tx, ids));
            total += ids.size();
        }
    }

    private void attempts(String find, String change, Instant before) {
        String after = "";
        while (true) {
            String from = after;
            int limit = step.get();
            List<String> ids = store.read(sql -> sql.sql(find)
                    .params(from, bound(before), limit)
                    .query(String.class)
                    .list());
            if (ids.isEmpty()) {
                return;
            }
            after = ids.get(ids.size() - 1);
            timed(tx -> tx.sql().sql(change).param("ids", ids).update());
        }
    }

    /** Deliveries made before that time have ids before this one. */
    private static String bound(Instant before) {
        return Ids.firstAt("dlv_", before);
    }

    @FunctionalInterface
    private interface Step {
        int in(Transaction tx);
    }

    private int timed(Step work) {
        long[] nanos = new long[1];
        @Nullable Integer changed = store.writeNow(tx -> {
            long start = System.nanoTime();
            int count = work.in(tx);
            nanos[0] = System.nanoTime() - start;
            return count;
        });
        held.record(Duration.ofNanos(nanos[0]));
        step.held(nanos[0]);
        return changed == null ? 0 : changed;
    }
}
