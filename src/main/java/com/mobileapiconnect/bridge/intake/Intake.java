package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.outbox.Deliveries;
import com.mobileapiconnect.bridge.outbox.Delivery;
import com.mobileapiconnect.bridge.outbox.Lanes;
import com.mobileapiconnect.bridge.rule.Subject;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.target.Target;
import com.mobileapiconnect.bridge.target.Targets;
import com.mobileapiconnect.bridge.tenant.Tenants;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Accepts messages: they and their deliveries become durable in one transaction, which requests that wait together
 * share. Accepting the same message twice is harmless: the second time nothing happens.
 */
@Component("intake")
public class Intake {

    // Longer than any group commit on a disk that still works; the phone tries again.
    private static final long PATIENCE_SECONDS = 20;

    private final Store store;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Targets targets;
    private final Tenants tenants;
    private final Clock clock;
    private final Counter fresh;
    private final Counter repeated;

    Intake(
            Store store,
            Deliveries deliveries,
            Lanes lanes,
            Targets targets,
            Tenants tenants,
            Clock clock,
            MeterRegistry metrics) {
        this.store = store;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.targets = targets;
        this.tenants = tenants;
        this.clock = clock;
        this.fresh = counter(metrics, "accepted");
        this.repeated = counter(metrics, "duplicate");
    }

    private static Counter counter(MeterRegistry metrics, String result) {
        return Counter.builder("bridge.messages")
                .description("Inbound messages")
                .tag("result", result)
                .register(metrics);
    }

    /** What the transaction has done, for after its commit. */
    private record Stored(List<Accepted> accepted, List<Delivery> deliveries) {}

    /** A message and where it goes, decided before the transaction. */
    private record Plan(InboundMessage message, String tenantName, List<Target> mirrors) {}

    /**
     * Returns when all of them are durable, in their order; all or none. Throws {@link StoreUnavailableException} when
     * they cannot be stored now. A step of the route.
     */
    public List<Accepted> accept(List<InboundMessage> messages) {
        List<Plan> plans = messages.stream().map(this::plan).toList();
        CompletableFuture<Stored> commit = store.write(tx -> store(tx, plans));
        Stored stored = await(commit);
        handOver(stored);
        return stored.accepted();
    }

    private Plan plan(InboundMessage message) {
        Subject subject = Subject.of(message);
        List<Target> mirrors = targets.ofTenant(message.tenantId()).stream()
                .filter(target -> target.mirrors() && target.enabled() && target.when().test(subject))
                .toList();
        return new Plan(message, tenants.get(message.tenantId()).name(), mirrors);
    }

    private Stored store(Transaction tx, List<Plan> plans) throws SQLException {
        Instant now = WireTime.truncate(clock.instant());
        List<Accepted> accepted = new ArrayList<>(plans.size());
        List<Delivery> made = new ArrayList<>();
        for (Plan plan : plans) {
            StoredMessage stored = Messages.insert(tx, plan.message(), plan.tenantName(), now);
            if (stored != null) {
                for (Target target : plan.mirrors()) {
                    // Deleted since the plan was made: the writer's order is the one that counts.
                    if (targets.find(target.id()).isPresent()) {
                        made.add(Delivery.mirror(stored, target.id(), ruleFor(target, stored)));
                    }
                }
            }
            accepted.add(new Accepted(plan.message(), stored == null));
        }
        return new Stored(accepted, deliveries.insert(tx, made));
    }

    /** The forward-all webhook fires whatever the rules say, so it never names one. */
    private static @Nullable String ruleFor(Target target, StoredMessage stored) {
        return target.type() == Target.Type.WEBHOOK ? null : stored.matchedRuleId();
    }

    private Stored await(CompletableFuture<Stored> commit) {
        try {
            return commit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // It may still be committed: then it is delivered, and the phone's repeat is recognised.
            commit.thenAccept(this::handOver);
            throw new StoreUnavailableException("No commit within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            commit.thenAccept(this::handOver);
            throw new StoreUnavailableException("Interrupted while waiting for the commit", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("Storing a message failed", e.getCause());
        }
    }

    private void handOver(Stored stored) {
        for (Accepted each : stored.accepted()) {
            (each.duplicate() ? repeated : fresh).increment();
        }
        lanes.handOver(stored.deliveries());
    }
}
