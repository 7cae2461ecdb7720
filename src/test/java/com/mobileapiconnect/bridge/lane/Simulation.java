package com.mobileapiconnect.bridge.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tracking.StoredReplays;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A lane on the real store with a receiver that fails now and then, in a time that is set: days pass in seconds. Holds
 * every attempt to the promises: not early, of a sender one at a time and in order, each delivery to its end.
 */
final class Simulation extends CountedRoom implements Lane.Host {

    private static final String MESSAGE = """
            insert into message (id, tenant_id, tenant_name, device_id, sender, sender_key, text, received_at,
                accepted_at, flags) values (?, 'ten_sim', 'Acme', 'dev_sim', ?, ?, 'x', ?, ?, 0) returning seq""";
    static final Instant BEGIN = Instant.parse("2026-06-12T14:32:00Z");

    private record Event(long at, long order, int life, Runnable task) {}

    private final Store store;
    private final Deliveries deliveries;
    private final StoredReplays replays;
    private final Target target;
    private final Random random;
    private final double failures;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
    private final Map<String, Instant> due = new HashMap<>();
    private final Map<String, Long> newestFirstArrival = new HashMap<>();
    private final Set<String> arrived = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> callingSenders = new HashSet<>();
    private final List<Ended> unwritten = new ArrayList<>();
    private Lane lane;
    private int life;
    private long nanos;
    private long order;
    private long messages;
    int attempts;
    int unfinished;
    int replayed;
    int crashes;

    /** What the bridge does to rows. */
    record Rows(Deliveries deliveries, StoredReplays replays) {}

    /** @param made rows whose time is the given one, in nanoseconds since the beginning */
    Simulation(Store store, Function<LongSupplier, Rows> made, Target target, long seed, double failures, int room) {
        this.store = store;
        Rows rows = made.apply(() -> nanos);
        this.deliveries = rows.deliveries();
        this.replays = rows.replays();
        this.target = target;
        this.random = new Random(seed);
        this.failures = failures;
        this.room = room;
        this.lane = new Lane(target, this);
        lane.wake();
    }

    /** @param every what time passes between two batches */
    void arrive(int batches, int size, int senders, Duration every) {
        for (int i = 0; i < batches; i++) {
            // A batch comes whatever becomes of the process: the phone tries again.
            schedule(i * every.toNanos(), Integer.MAX_VALUE, () -> accept(size, senders));
        }
    }

    void crashAt(Duration when) {
        schedule(when.toNanos(), Integer.MAX_VALUE, this::crash);
    }

    /** Everything that was given up is sent again, for as long as there is something: a replay may fail as well. */
    void replayEvery(Duration every) {
        schedule(every.toNanos(), Integer.MAX_VALUE, () -> {
            if (!failed.isEmpty() || unfinished > 0) {
                replay();
                replayEvery(every);
            }
        });
    }

    private void replay() {
        replayStep(replays.begin("ten_sim", target.id(), now()));
    }

    private void replayStep(Job job) {
        StoredReplays.Step step = replays.look(job);
        // Everything goes on between the look and the change.
        schedule(TimeUnit.MILLISECONDS.toNanos(random.nextInt(30)), life, () -> {
            Job next = step.take();
            for (String id : step.deliveryIds()) {
                if (failed.remove(id)) {
                    due.put(id, now());
                    unfinished++;
                    replayed++;
                }
            }
            lane.wake();
            if (!step.deliveryIds().isEmpty()) {
                schedule(TimeUnit.MILLISECONDS.toNanos(random.nextInt(30)), life, () -> replayStep(next));
            }
        });
    }

    /** Until all is done; fails when something never would be. */
    void run() {
        Event next;
        while ((next = events.poll()) != null) {
            if (next.life() >= life) {
                nanos = Math.max(nanos, next.at());
                next.task().run();
            }
        }
        assertThat(unfinished).as("forgotten").isZero();
        assertThat(replays.unfinished(target.id())).as("replays without an end").isEmpty();
    }

    private void accept(int size, int senders) {
        List<InboundMessage> came = Stream.generate(() -> message("9198" + (10_000 + random.nextInt(senders))))
                .limit(size)
                .toList();
        List<Delivery> made = new ArrayList<>();
        List<Delivery> ready = store.writeNow(tx -> {
            for (InboundMessage message : came) {
                made.add(Delivery.mirror(insert(tx, message), target.id(), null));
            }
            return deliveries.insert(tx, made);
        });
        unfinished += size;
        made.forEach(delivery -> due.put(delivery.id(), now()));
        ready.forEach(lane::offer);
    }

    private InboundMessage message(String from) {
        String id = "msg_" + target.id() + "_" + ++messages;
        return new InboundMessage(id, "ten_sim", "dev_sim", null, from, null, "x", null, null, now(), Flags.NONE);
    }

    private StoredMessage insert(Transaction tx, InboundMessage message) throws SQLException {
        PreparedStatement insert = tx.prepared(MESSAGE);
        insert.setString(1, message.id());
        insert.setString(2, message.from());
        insert.setString(3, PhoneNumber.key(message.from()));
        insert.setLong(4, now().toEpochMilli());
        insert.setLong(5, now().toEpochMilli());
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return new StoredMessage(row.getLong(1), message, "Acme", now(), null);
        }
    }

    /** Everything that memory knew is gone: what was called and not written is called again. */
    private void crash() {
        crashes++;
        life++;
        unwritten.clear();
        callingSenders.clear();
        held = 0;
        lane = new Lane(target, this);
        lane.wake();
        replays.unfinished(target.id()).forEach(this::replayStep);
    }

    @Override
    public void start(Lane ofLane, Turn turn) {
        Delivery delivery = turn.delivery();
        attempts++;
        assertThat(due).as("nothing to send").containsKey(delivery.id());
        assertThat(now()).as("early").isAfterOrEqualTo(due.get(delivery.id()));
        String sender = delivery.message().message().from();
        if (target.pace().ordered()) {
            assertThat(callingSenders.add(sender)).as("two of a sender at once").isTrue();
            if (arrived.add(delivery.id())) {
                long before = newestFirstArrival.getOrDefault(sender, 0L);
                assertThat(delivery.message().seq()).as("inversion").isGreaterThan(before);
                newestFirstArrival.put(sender, delivery.message().seq());
            }
        }
        assertThat(delivery.attempts() - delivery.grantedFrom())
                .as("more than the policy grants")
                .isLessThan(target.redelivery().maxAttempts());
        Attempt attempt = new Attempt(delivery, target, now(), nanos);
        schedule(TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(80)), life, () -> answered(attempt));
    }

    private void answered(Attempt attempt) {
        Outcome outcome = random.nextDouble() < failures
                ? new Outcome.Retry(Outcome.Evidence.failure(Outcome.ErrorClass.CONNECT, "refused"), null)
                : new Outcome.Delivered(Outcome.Evidence.ok(200, null));
        lane.called(attempt.delivery(), outcome);
        if (unwritten.isEmpty()) {
            schedule(TimeUnit.MILLISECONDS.toNanos(2 + random.nextInt(10)), life, this::write);
        }
        unwritten.add(Ended.of(attempt, outcome, now(), 1, random));
        lane.pump();
    }

    private void write() {
        List<Ended> batch = List.copyOf(unwritten);
        unwritten.clear();
        List<Delivery> released = store.writeNow(tx -> deliveries.settle(tx, batch, now()));
        for (Ended ended : batch) {
            Delivery delivery = ended.attempt().delivery();
            callingSenders.remove(delivery.message().message().from());
            Instant nextAt = ended.nextAt();
            if (nextAt == null) {
                unfinished--;
                due.remove(delivery.id());
                if (ended.state() == DeliveryState.FAILED) {
                    failed.add(delivery.id());
                }
            } else {
                due.put(delivery.id(), Instant.ofEpochMilli(nextAt.toEpochMilli()));
            }
        }
        batch.forEach(ended -> lane.settled(ended.attempt().delivery(), ended.nextAt()));
        released.forEach(lane::offer);
    }

    @Override
    public void load(Lane ofLane, int limit) {
        ofLane.lookBegins();
        Instant asked = now();
        Deliveries.Due due = store.read(
                sql -> deliveries.due(sql, target.id(), target.pace().ordered(), asked, limit, ofLane::holds));
        Instant next = due.more() ? null : store.read(sql -> deliveries.nextDue(sql, target.id(), asked));
        // The answer is old by the time that it comes.
        schedule(
                TimeUnit.MILLISECONDS.toNanos(random.nextInt(20)),
                life,
                () -> ofLane.loaded(due.deliveries(), due.more(), next));
    }

    /** There may be no memory even for the first one, until a little later. */
    @Override
    public boolean admits(int heldByLane, Delivery delivery) {
        return (heldByLane > 0 || random.nextInt(20) > 0) && super.admits(heldByLane, delivery);
    }

    @Override
    public void wantsRoom(Lane ofLane) {
        schedule(TimeUnit.MILLISECONDS.toNanos(random.nextInt(100)), life, ofLane::roomAgain);
    }

    @Override
    public Place acquire(Lane ofLane, int calling) {
        return Place.QUICK;
    }

    @Override
    public void after(long delay, Runnable task) {
        schedule(delay + random.nextInt(3_000_000), life, task);
    }

    @Override
    public void at(Instant when, Runnable task) {
        long delay = Math.max(0, Duration.between(now(), when).toNanos());
        schedule(Math.min(delay, TimeUnit.SECONDS.toNanos(60)), life, task);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(BEGIN.plusNanos(nanos).toEpochMilli());
    }

    private void schedule(long delay, int ofLife, Runnable task) {
        events.add(new Event(nanos + delay, order++, ofLife, task));
    }
}
