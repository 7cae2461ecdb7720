package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.intake.FanOutWork.Portion;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.StepSize;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.store.Unfinished;
import com.mobileapiconnect.bridge.thread.Threads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the deliveries of messages that are to have very many. Such messages are accepted by themselves, each with a
 * note that its deliveries are to be made, in one transaction; so a backlog is accepted as a whole or not at all, and a
 * crash leaves nothing half done. The deliveries follow in steps, a short unit of work each; tenants share the time. The
 * place is committed with each step, so no delivery is made twice and none is left out.
 *
 * <p>A later message with few deliveries does not wait behind them: its deliveries are made with it. Those in ordered lanes
 * would overtake, so its note makes them in their turn.
 */
@Component
class FanOuts implements Unfinished, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(FanOuts.class);
    private static final long STORE_AGAIN_SECONDS = 1;
    private static final long FAULT_AGAIN_SECONDS = 30;

    private final Store store;
    private final FanOutWork work;
    private final Targets targets;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Counter leftOut;
    private final StepSize size = new StepSize();
    private final Notes notes;
    private final ScheduledExecutorService thread = Threads.timer("fan-out");
    private final Rest rest = new Rest();
    private final TimeTurns turns = new TimeTurns(); // on the thread alone
    private boolean goesOn; // on the thread alone

    FanOuts(Store store, FanOutWork work, Targets targets, Deliveries deliveries, Lanes lanes, MeterRegistry metrics) {
        this.store = store;
        this.work = work;
        this.targets = targets;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.leftOut = leftOut(metrics);
        this.notes = new Notes(store.read(FanOutRows::tenants));
    }

    static Counter leftOut(MeterRegistry metrics) {
        return Counter.builder("bridge.rules.left.out")
                .description("Messages for which a rule or a condition did not count, because it cost too much")
                .register(metrics);
    }

    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        notes.tenants().forEach(this::soon);
    }

    /** Returns whether deliveries of the tenant are still to be made. */
    boolean any(String tenantId) {
        return notes.any(tenantId);
    }

    /**
     * Returns 0 if messages of the tenant may be noted; otherwise so many wait for their deliveries that it may add none for
     * about that many seconds.
     */
    long secondsUntilRoom(String tenantId) {
        return notes.secondsUntilRoom(tenantId);
    }

    /** Returns the pause between steps, which a phone makes longer unless its messages are noted alone. */
    Rest rest() {
        return rest;
    }

    /** Notes in this unit that the deliveries of these messages of a tenant are to be made. */
    void add(Transaction tx, String tenantId, List<StoredMessage> accepted) throws SQLException {
        if (accepted.isEmpty()) {
            return;
        }
        long newest = targets.newest(tx);
        for (StoredMessage stored : accepted) {
            FanOutRows.insert(tx, stored, newest);
        }
        // At once, for the next units of this group. The step's own unit comes after this one.
        if (notes.add(tx, tenantId, accepted.size())) {
            soon(tenantId);
        }
    }

    private void soon(String tenantId) {
        onThread(() -> comesAgain(tenantId), 0);
    }

    private void onThread(Runnable task, long nanos) {
        try {
            thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.debug("The next start goes on", closing);
        }
    }

    /** Lines a tenant up. The step is a task of its own, so that others may line up before it. */
    private void comesAgain(String tenantId) {
        turns.add(tenantId);
        if (!goesOn) {
            goesOn = true;
            onThread(this::goOn, 0);
        }
    }

    /** Takes a step, and then leaves the store to phones if any come. */
    private void goOn() {
        String tenantId = turns.next();
        if (tenantId == null) {
            goesOn = false;
            return;
        }
        boolean more = false;
        long start = System.nanoTime();
        try {
            more = step(tenantId);
        } catch (StoreUnavailableException e) {
            LOG.debug("Deliveries of tenant {} wait for the store", tenantId, e);
            failed(tenantId, STORE_AGAIN_SECONDS);
        } catch (Throwable e) { // errors too: the tenant's messages would wait until the next start
            LOG.error("Deliveries of tenant {} could not be made and are tried again", tenantId, e);
            failed(tenantId, FAULT_AGAIN_SECONDS);
        }
        long end = System.nanoTime();
        turns.used(tenantId, end - start);
        if (more) {
            turns.add(tenantId);
        }
        onThread(this::goOn, rest.after(end - start, end));
    }

    private void failed(String tenantId, long againSeconds) {
        notes.undone(tenantId);
        onThread(() -> comesAgain(tenantId), TimeUnit.SECONDS.toNanos(againSeconds));
    }

    /** Makes a step's worth of deliveries; returns whether there are more. */
    boolean step(String tenantId) {
        List<Target> published = targets.ofTenant(tenantId); // before the query, which then knows the number of each
        FanOutWork.Next next = store.readKnowing(sql -> work.next(sql, tenantId, published));
        List<Portion> portions = work.portions(tenantId, next, new Plan.Room(size.get()));
        return store.writeNow(tenantId, tx -> hasAll(published, tenantId) ? make(tx, tenantId, portions) : true);
    }

    /**
     * Returns whether no target was added meanwhile: one that was committed before these messages may have been published
     * after its commit could be read. On the writer's thread everything is published that was committed.
     */
    private boolean hasAll(List<Target> published, String tenantId) {
        List<Target> now = targets.ofTenant(tenantId);
        return now.equals(published) || ids(published).containsAll(ids(now));
    }

    private static Set<String> ids(List<Target> targets) {
        return targets.stream().map(Target::id).collect(Collectors.toSet());
    }

    private boolean make(Transaction tx, String tenantId, List<Portion> portions) throws SQLException {
        long start = System.nanoTime();
        List<Delivery> made = new ArrayList<>();
        for (Portion portion : portions) {
            long seq = portion.row().messageSeq();
            Plan.Place rest = portion.part().rest();
            boolean wanted = rest == null ? FanOutRows.delete(tx, seq) : FanOutRows.move(tx, seq, rest);
            StoredMessage message = portion.message();
            if (wanted && message != null && MessageRows.isThere(tx, seq)) {
                if (portion.leftOut() && MessageRows.flag(tx, seq, Flags.Flag.RULES_LEFT_OUT)) {
                    tx.afterCommit(leftOut::increment);
                }
                for (Plan.Draft draft : portion.part().drafts()) {
                    // A target may have been deleted since: the writer's order decides.
                    if (targets.find(tx, draft.targetId()).isPresent()) {
                        made.add(draft.of(message));
                    }
                }
            }
        }
        lanes.handOverAfter(tx, deliveries.insert(tx, made));
        boolean more = FanOutRows.any(tx, tenantId);
        long done = portions.stream()
                .filter(portion -> portion.part().rest() == null)
                .count();
        notes.done(tx, tenantId, (int) done, more);
        size.held(System.nanoTime() - start);
        return more;
    }

    @Override
    public Optional<Since> noneOf(JdbcClient sql, Removal removal) {
        if (removal.kind() == Kind.DEVICE) {
            return FanOutRows.anyOfDevice(sql, removal.id())
                    ? Optional.empty()
                    : Optional.of(tx -> FanOutRows.anyOfDevice(tx.sql(), removal.id()));
        }
        return mayGoTo(removal.id()) ? Optional.empty() : Optional.of(tx -> mayGoTo(removal.id()));
    }

    private boolean mayGoTo(String targetId) {
        return targets.find(targetId).filter(target -> any(target.tenantId())).isPresent();
    }

    /** Makes no further deliveries of messages of a device; those to a target end when it is found to be gone. */
    @Override
    public @Nullable String discard(Transaction tx, Discarded discarded) {
        for (Removal removal : discarded.removals()) {
            if (removal.kind() == Kind.DEVICE) {
                FanOutRows.deleteOfDevice(tx, removal.id());
            }
        }
        return null;
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
