package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.Budget;
import com.mobileapiconnect.bridge.rule.Costly;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.rule.RuleTrace;
import com.mobileapiconnect.bridge.rule.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Bounds the cost of evaluations. The first milliseconds of a message are free. An evaluation that takes longer has to have a
 * turn: one for a tenant's phones, one for its people, and in all so many that half of the processors are left for
 * everybody else.
 */
@Component
public class RuleBudget {

    private static final int MOST_WAITING = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Budget budget;
    private final Semaphore all;
    private final Duration patience;
    private final Map<Who, Semaphore> turns = new ConcurrentHashMap<>();

    private record Who(String tenantId, boolean phones) {}

    @Autowired
    RuleBudget(Budget budget) {
        this(budget, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), PATIENCE);
    }

    /** @param patience how long an evaluation waits for its turn */
    RuleBudget(Budget budget, int atOnce, Duration patience) {
        this.budget = budget;
        this.all = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    Budget budget() {
        return budget;
    }

    /** An evaluation for a message that came in. Close it when the evaluation has ended. */
    public Turn ofPhones(String tenantId) {
        return new Turn(new Who(tenantId, true));
    }

    /** An evaluation that somebody asked for. Close it when the evaluation has ended. */
    public Turn ofPeople(String tenantId) {
        return new Turn(new Who(tenantId, false));
    }

    /** A turn, taken when it is needed. */
    public final class Turn implements Costly, AutoCloseable {

        private final Who who;
        private @Nullable Semaphore taken;
        private boolean shared;

        private Turn(Who who) {
            this.who = who;
        }

        /** Makes a subject with a whole budget. */
        public Subject subject(InboundMessage message) {
            return Subject.of(message, budget, this);
        }

        /** Gives a subject another budget. */
        public void renew(Subject subject) {
            subject.renew(budget, this);
        }

        /** Explains how rules judge a message, within the budget. */
        List<RuleTrace> explain(RuleSet rules, InboundMessage message) {
            return rules.explain(message, budget, this);
        }

        /** Waits for the turn; throws a 503 {@link Problem} if others of the tenant take too long. */
        @Override
        public void goOn() {
            if (taken != null) {
                Thread.yield(); // a virtual thread has its processor until it gives it away
                return;
            }
            Semaphore own = turns.computeIfAbsent(who, any -> new Semaphore(1, true));
            if (own.getQueueLength() >= MOST_WAITING || !acquire(own)) {
                throw busy();
            }
            shared = acquire(all);
            if (!shared && !who.phones()) { // what a phone sent is not refused because of other tenants
                own.release();
                throw busy();
            }
            taken = own;
        }

        private boolean acquire(Semaphore semaphore) {
            try {
                return semaphore.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private Problem busy() {
            return Problem.unavailable("The rules of this tenant take long, and other messages are before this one.");
        }

        @Override
        public void close() {
            Semaphore own = taken;
            if (own != null) {
                taken = null;
                if (shared) {
                    shared = false;
                    all.release();
                }
                own.release();
            }
        }
    }
}
