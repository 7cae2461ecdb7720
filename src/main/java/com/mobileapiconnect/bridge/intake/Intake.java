package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.outgoing.Arrivals;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Tenants;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Accepts messages: they and their deliveries become durable in one transaction, shared by all requests that wait at
 * the same time. Accepting the same message twice is harmless: the second time nothing happens.
 */
@Component("intake")
class Intake implements Processor {

    // Longer than any group commit on a working disk; the phone tries again.
    private static final long PATIENCE_SECONDS = 20;

    private final Store store;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Targets targets;
    private final Tenants tenants;
    private final Arrivals arrivals;
    private final Clock clock;
    private final Counter fresh;
    private final Counter repeated;

    Intake(
            Store store,
            Deliveries deliveries,
            Lanes lanes,
            Targets targets,
            Tenants tenants,
            Arrivals arrivals,
            Clock clock,
            MeterRegistry metrics) {
        this.store = store;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.targets = targets;
        this.tenants = tenants;
        this.arrivals = arrivals;
        this.clock = clock;
        this.fresh = counter(metrics, "accepted");
        this.repeated = counter(metrics, "duplicate");
    }

    static Counter counter(MeterRegistry metrics, String result) {
        return Counter.builder("bridge.messages")
                .description("Inbound messages")
                .tag("result", result)
                .register(metrics);
    }

    /** A message and its targets, decided before the transaction. */
    private record Plan(Evaluated evaluated, String tenantName, List<Target> connections) {

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
        List<Plan> plans = messages.stream().map(this::plan).toList();
        return await(store.write(tx -> store(tx, plans)));
    }

    /**
     * Finds the targets of a message. A connection gets a message once, whether by its own condition, by a rule, or by
     * several.
     */
    private Plan plan(Evaluated evaluated) {
        String tenantId = evaluated.message().tenantId();
        Set<String> named = connections(evaluated.decision());
        List<Target> mirrors = targets.ofTenant(tenantId).stream()
                .filter(target -> target.mirrors()
                        && target.enabled()
                        && (named.contains(target.id()) || target.when().test(evaluated.subject())))
                .toList();
        return new Plan(evaluated, tenants.get(tenantId).name(), mirrors);
    }

    private static Set<String> connections(Decision decision) {
        if (decision.actions().isEmpty()) {
            return Set.of();
        }
        return decision.actions().stream()
                .filter(planned -> !planned.action().hasOwnTarget())
                .map(planned -> planned.action().targetId())
                .collect(Collectors.toSet());
    }

    private List<Accepted> store(Transaction tx, List<Plan> plans) throws SQLException {
        Instant now = WireTime.truncate(clock.instant());
        List<Accepted> accepted = new ArrayList<>(plans.size());
        List<Delivery> made = new ArrayList<>();
        long highest = 0;
        for (Plan plan : plans) {
            StoredMessage stored =
                    MessageRows.insert(tx, plan.evaluated().message(), plan.judgement(), plan.tenantName(), now);
            if (stored != null) {
                arrivals.accepted(tx, stored);
                for (Target target : plan.connections()) {
                    // A target may have been deleted since the plan was made: the writer's order decides.
                    if (targets.find(tx, target.id()).isPresent()) {
                        made.add(Delivery.mirror(stored, target.id(), ruleFor(target, stored)));
                    }
                }
                for (Decision.Planned planned : plan.evaluated().decision().actions()) {
                    if (planned.action().hasOwnTarget()
                            && targets.find(tx, planned.action().targetId()).isPresent()) {
                        made.add(delivery(stored, planned));
                    }
                }
            }
            accepted.add(new Accepted(plan.evaluated().message(), stored == null));
            highest = stored == null ? highest : stored.seq();
        }
        if (highest > 0) {
            tx.reached("message", highest);
        }
        lanes.handOverAfter(tx, deliveries.insert(tx, made));
        tx.afterCommit(() -> count(accepted));
        return accepted;
    }

    private static Delivery delivery(StoredMessage stored, Decision.Planned planned) {
        String id = planned.action().id();
        return Delivery.action(
                stored,
                planned.action().targetId(),
                id,
                planned.ruleId(),
                planned.rendered().body());
    }

    /**
     * Returns the rule that the body names. The forward-all webhook fires whatever the rules say, so its body never
     * names one.
     */
    private static @Nullable String ruleFor(Target target, StoredMessage stored) {
        return target.type() == Target.Type.WEBHOOK ? null : stored.matchedRuleId();
    }

    /** Waits for a commit, but no longer than a phone does. */
    static <T> T await(CompletableFuture<T> commit) {
        try {
            return commit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // The unit may still be committed: then the message is delivered, and the phone's repeat is recognised.
            throw new StoreUnavailableException("No commit within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while waiting for the commit", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("Storing a message failed", e.getCause());
        }
    }

    private void count(List<Accepted> accepted) {
        for (Accepted each : accepted) {
            (each.duplicate() ? repeated : fresh).increment();
        }
    }
}
