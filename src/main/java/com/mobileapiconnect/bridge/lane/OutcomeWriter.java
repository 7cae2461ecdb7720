package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.operations.Consequences;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.thread.NowAndThen;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes outcomes to the store, in one unit as many as have come in since the last commit and do not hold the writer for
 * long. Those that nobody waits for share the commit of what comes within milliseconds, which is most of them. An outcome that cannot be written is kept and tried again; meanwhile no new call is started.
 */
@Component
class OutcomeWriter {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeWriter.class);
    private static final long TRY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Store store;
    private final Deliveries deliveries;
    private final Consequences consequences;
    private final AnswerReplies replies;
    private final Lanes lanes;
    private final Engine engine;
    private final Clock clock;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile boolean urgent;
    private final Drain drain = new Drain(System::nanoTime);
    private final NowAndThen failing;

    private record Waiting(Lane lane, Ended ended, AnswerReplies.@Nullable Prepared reply) {}

    /** The work of a unit, for its follow-up after the commit. */
    private record Written(List<Waiting> outcomes, List<Delivery> told, List<Delivery> released) {}

    OutcomeWriter(
            Store store,
            Deliveries deliveries,
            Consequences consequences,
            AnswerReplies replies,
            Lanes lanes,
            Engine engine,
            Clock clock) {
        this.store = store;
        this.deliveries = deliveries;
        this.consequences = consequences;
        this.replies = replies;
        this.lanes = lanes;
        this.engine = engine;
        this.clock = clock;
        this.failing = new NowAndThen(engine::nanoTime);
    }

    /** @param awaited whether the outcome should not wait for others to share a commit with */
    void add(Lane lane, Ended ended, boolean awaited) {
        queue.add(new Waiting(lane, ended, replies.prepare(ended)));
        if (awaited) {
            urgent = true;
        }
        if (!writeNext() && awaited && urgent) {
            store.hurry(); // the unit that it goes with may be one that waits
        }
    }

    /** Returns whether every outcome so far is durable. */
    boolean idle() {
        return queue.isEmpty() && !writing.get();
    }

    /** Returns false if there is nothing to write, or a unit is on its way that may still take it along. */
    private boolean writeNext() {
        if (queue.isEmpty() || !writing.compareAndSet(false, true)) {
            return false;
        }
        List<Waiting> batch = new ArrayList<>();
        // Another thread follows up, because the writer has the next group to commit.
        (urgent ? store.writeKnowing(Store.NOBODY, tx -> write(tx, batch)) : store.writeSoon(tx -> write(tx, batch)))
                .whenCompleteAsync((written, failure) -> followUp(batch, written, failure), lanes.afterwards());
        return true;
    }

    private void followUp(List<Waiting> batch, @Nullable Written written, @Nullable Throwable failure) {
        if (written != null) {
            done(written);
        } else {
            if (failing.tell()) {
                LOG.warn("Outcomes cannot be written; no call is made until they are: {}", words(failure));
            }
            engine.storeKeepsOutcomes(false);
            queue.addAll(batch);
            engine.after(TRY_AGAIN_NANOS, this::tryAgain);
        }
    }

    /** Returns a failure with the causes that say more: that the disk is full is said by the last. */
    private static String words(@Nullable Throwable failure) {
        StringBuilder words = new StringBuilder(String.valueOf(failure));
        for (Throwable each = failure == null ? null : failure.getCause(); each != null; each = each.getCause()) {
            String more = String.valueOf(each.getMessage());
            words.append(words.indexOf(more) < 0 ? "; " + more : "");
        }
        return words.toString();
    }

    private void tryAgain() {
        writing.set(false);
        writeNext();
    }

    private Written write(Transaction tx, List<Waiting> batch) throws SQLException {
        urgent = false;
        // Drained here, on the writer's thread, to include everything that came while the unit waited.
        Instant now = clock.instant();
        Written written = new Written(batch, new ArrayList<>(), new ArrayList<>());
        drain.run(queue, batch, slice -> {
            List<Ended> ended = slice.stream().map(Waiting::ended).toList();
            written.released().addAll(deliveries.settle(tx, ended, now));
            written.told().addAll(consequences.of(tx, ended, now));
            for (Waiting waiting : slice) {
                if (waiting.reply() != null) {
                    waiting.reply().write(tx);
                }
            }
        });
        return written;
    }

    private void done(Written written) {
        // The commit has published the targets already, so no lane continues to send after a 410.
        for (Waiting waiting : written.outcomes()) {
            settled(waiting);
        }
        lanes.handOver(written.released());
        lanes.handOver(written.told());
        if (failing.over()) {
            LOG.info("Outcomes are written again");
        }
        if (engine.storeKeepsOutcomes(true)) {
            lanes.sweep();
        }
        writing.set(false);
        writeNext();
        engine.quiet().look();
    }

    /** Tells the lane. A lane that finds itself inconsistent keeps no other lane from its outcomes. */
    private static void settled(Waiting waiting) {
        Delivery delivery = waiting.ended().attempt().delivery();
        try {
            waiting.lane().settled(delivery, waiting.ended().nextAt());
        } catch (IllegalStateException e) {
            LOG.error("The outcome of delivery {} is written, but its lane cannot go on from it", delivery.id(), e);
        }
    }
}
