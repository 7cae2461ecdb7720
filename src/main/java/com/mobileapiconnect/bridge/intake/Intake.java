package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.delivery.Planning;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.outgoing.Arrivals;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rulebook.RuleBudget;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.StoreUndecidedException;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Tenants;
import com.mobileapiconnect.bridge.thread.Patience;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Accepts messages: they and their deliveries become durable in one transaction, shared by all requests that wait at
 * the same time; very many deliveries are noted there and made in steps ({@link FanOuts}). Few are made at once also behind
 * those, except in ordered lanes. Accepting the same message twice is harmless: the second time nothing happens.
 */
@Component("intake")
class Intake implements Processor {

    // Longer than any group commit on a working disk; the phone tries again.
    private static final long PATIENCE_SECONDS = 20;
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(PATIENCE_SECONDS), "commit-patience");
    /** The deliveries that are made with their messages; more are made in steps. */
    private static final int AT_ONCE = 500;

    private static final Plan.Part LATER = new Plan.Part(List.of(), Plan.Place.START);

    private final Store store;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Targets targets;
    private final Tenants tenants;
    private final Plans plans;
    private final FanOuts fanOuts;
    private final Arrivals arrivals;
    private final RuleBudget budget;
    private final Clock clock;
    private final Counter fresh;
    private final Counter repeated;
    private final Counter leftOut;

    Intake(
            Store store,
            Deliveries deliveries,
            Lanes lanes,
            Targets targets,
            Tenants tenants,
            Plans plans,
            FanOuts fanOuts,
            Arrivals arrivals,
            RuleBudget budget,
            Clock clock,
            MeterRegistry metrics) {
        this.store = store;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.targets = targets;
        this.tenants = tenants;
        this.plans = plans;
        this.fanOuts = fanOuts;
        this.arrivals = arrivals;
        this.budget = budget;
        this.clock = clock;
        this.fresh = counter(metrics, "accepted");
        this.repeated = counter(metrics, "duplicate");
        this.leftOut = FanOuts.leftOut(metrics);
    }

    static Counter counter(MeterRegistry metrics, String result) {
        return Counter.builder("bridge.messages")
                .description("Inbound messages")
                .tag("result", result)
                .register(metrics);
    }

    /**
     * @param message the message with the flags that follow from planning
     * @param part    all deliveries of the message; more than a unit takes on if it has a rest
     */
    private record Planned(Evaluated evaluated, InboundMessage message, String tenantName, Plan.Part part) {

        MessageRows.Judgement judgement() {
            Decision decision = evaluated.decision();
            return new MessageRows.Judgement(decision.matchedRuleId(), decision.version());
        }
    }

    /** Replaces the messages in the body by the accepted ones. */
    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        exchange.getMessage().setBody(accept(exchange.getMessage().getBody(List.class)));
    }

    /**
     * Returns the messages in their order when all of them are durable; all or none. Throws {@link
     * StoreUnavailableException} if they cannot be stored now.
     */
    List<Accepted> accept(List<Evaluated> messages) {
        String tenantId = messages.get(0).message().tenantId();
        Plan.Room room = new Plan.Room(AT_ONCE);
        List<Planned> planned = new ArrayList<>(messages.size());
        for (Evaluated evaluated : messages) {
            String tenantName = tenants.get(evaluated.message().tenantId()).name();
            Plan.Part part = room.isLeft() ? plan(evaluated).from(Plan.Place.START, room) : LATER;
            InboundMessage message = evaluated.subject().everLeftOut()
                    ? evaluated.message().withFlag(Flags.Flag.RULES_LEFT_OUT)
                    : evaluated.message();
            planned.add(new Planned(evaluated, message, tenantName, part));
        }
        boolean inParts = planned.get(planned.size() - 1).part().rest() != null;
        if (inParts || (fanOuts.any(tenantId) && anyInOrder(planned))) {
            requireRoom(tenantId);
        }
        return inParts ? accept(tenantId, planned, true) : acceptBefore(fanOuts.rest(), tenantId, planned);
    }

    /** Has the steps behind backlogs leave the store to this phone. */
    private List<Accepted> acceptBefore(Rest rest, String tenantId, List<Planned> planned) {
        rest.phoneComes();
        try {
            return accept(tenantId, planned, false);
        } finally {
            rest.phoneGoes(System.nanoTime());
        }
    }

    private List<Accepted> accept(String tenantId, List<Planned> planned, boolean inParts) {
        return await(store.writeKnowing(tenantId, tx -> store(tx, planned, inParts)));
    }

    private boolean anyInOrder(List<Planned> messages) {
        for (Planned planned : messages) {
            for (Plan.Draft draft : planned.part().drafts()) {
                if (targets.find(draft.targetId()).filter(Intake::inOrder).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean inOrder(Target target) {
        return target.pace().ordered();
    }

    private void requireRoom(String tenantId) {
        long seconds = fanOuts.secondsUntilRoom(tenantId);
        if (seconds > 0) {
            throw Problem.unavailable(
                    "Deliveries of many earlier messages of this tenant are still being made; keep these, and send them again"
                            + " after the time in Retry-After.",
                    seconds);
        }
    }

    private Plan plan(Evaluated evaluated) {
        try (RuleBudget.Turn turn = budget.ofPhones(evaluated.message().tenantId())) {
            turn.renew(evaluated.subject());
            return plans.of(evaluated);
        }
    }

    /** @param inParts whether all deliveries are made in steps, after this unit */
    private List<Accepted> store(Transaction tx, List<Planned> messages, boolean inParts) throws SQLException {
        String tenantId = messages.get(0).message().tenantId();
        boolean behind = !inParts && fanOuts.any(tenantId);
        Instant now = WireTime.truncate(clock.instant());
        List<Accepted> accepted = new ArrayList<>(messages.size());
        List<Planning> made = new ArrayList<>(messages.size());
        List<StoredMessage> noted = new ArrayList<>();
        long highest = 0;
        for (Planned planned : messages) {
            List<Delivery> wanted = inParts ? List.of() : deliveries(tx, planned, now);
            List<Delivery> atOnce = behind ? unordered(tx, wanted) : wanted;
            Planning planning = atOnce.isEmpty() ? Planning.NOTHING : deliveries.plan(atOnce);
            StoredMessage stored = MessageRows.insert(
                    tx, planned.message(), planned.judgement(), planned.tenantName(), now, planning.text());
            accepted.add(new Accepted(planned.message(), stored == null));
            if (stored == null) {
                continue;
            }
            highest = stored.seq();
            arrivals.accepted(tx, stored);
            if (inParts || atOnce.size() < wanted.size()) {
                noted.add(stored);
            }
            made.add(planning.of(stored));
        }
        if (highest > 0) {
            tx.reached("message", highest);
        }
        fanOuts.add(tx, tenantId, noted);
        lanes.handOverAfter(tx, deliveries.accept(tx, made));
        tx.afterCommit(() -> count(accepted));
        return accepted;
    }

    /** Returns the deliveries of a message that has no number yet. */
    private List<Delivery> deliveries(Transaction tx, Planned planned, Instant now) {
        StoredMessage message = new StoredMessage(
                0,
                planned.message(),
                planned.tenantName(),
                now,
                planned.judgement().matchedRuleId());
        List<Delivery> made = new ArrayList<>(planned.part().drafts().size());
        for (Plan.Draft draft : planned.part().drafts()) {
            // A target may have been deleted since the plan was made: the writer's order decides.
            if (targets.find(tx, draft.targetId()).isPresent()) {
                made.add(draft.of(message));
            }
        }
        return made;
    }

    /** Returns those that may overtake deliveries that are still to be made. */
    private List<Delivery> unordered(Transaction tx, List<Delivery> wanted) {
        return wanted.stream()
                .filter(delivery -> targets.find(tx, delivery.targetId())
                        .filter(Intake::inOrder)
                        .isEmpty())
                .toList();
    }

    /** Waits for a commit, but no longer than a phone does. */
    static <T> T await(CompletableFuture<T> commit) {
        try {
            return PATIENCE.await(commit);
        } catch (TimeoutException e) {
            throw given(commit, "No commit within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw given(commit, "Interrupted while waiting for the commit", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("Storing a message failed", e.getCause());
        }
    }

    /** A unit that has not begun is withdrawn, so nothing of it is stored later; otherwise nobody knows yet. */
    private static StoreUnavailableException given(CompletableFuture<?> commit, String why, Exception cause) {
        return commit.cancel(false)
                ? new StoreUnavailableException(why, cause)
                : new StoreUndecidedException(why + ", but it has begun", cause);
    }

    private void count(List<Accepted> accepted) {
        for (Accepted each : accepted) {
            (each.duplicate() ? repeated : fresh).increment();
            if (!each.duplicate() && each.message().flags().has(Flags.Flag.RULES_LEFT_OUT)) {
                leftOut.increment();
            }
        }
    }
}
