package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Budget;
import com.mobileapiconnect.bridge.rule.Costly;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Subject;
import com.mobileapiconnect.bridge.rulebook.Rulebooks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Works out the next deliveries of messages that have very many, from the stored message and the rules that judged it. Used
 * by the thread of {@link FanOuts} alone, apart from {@link #next}.
 */
@Component
class FanOutWork {

    private static final int MESSAGES_AT_ONCE = 100;
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final MessageQueries messages;
    private final Rulebooks rulebooks;
    private final Plans plans;
    private final Targets targets;
    private final Budget budget;
    /** The message that each tenant has come to, if it takes more than one step. */
    private final Map<String, Begun> begun = new HashMap<>();

    FanOutWork(MessageQueries messages, Rulebooks rulebooks, Plans plans, Targets targets, Budget budget) {
        this.messages = messages;
        this.rulebooks = rulebooks;
        this.plans = plans;
        this.targets = targets;
        this.budget = budget;
    }

    /**
     * A message with the next of its deliveries; none if it was erased.
     *
     * @param leftOut whether a rule or a condition did not count, because it cost too much
     */
    record Portion(FanOutRows.Row row, @Nullable StoredMessage message, Plan.Part part, boolean leftOut) {

        static Portion erased(FanOutRows.Row row) {
            return new Portion(row, null, new Plan.Part(List.of(), null), false);
        }
    }

    /** A plan, and whether something was left out of it. */
    private record Worked(Plan plan, boolean leftOut) {}

    /** A message some of whose deliveries are made, and its plan as long as the tenant's targets are these. */
    private record Begun(long messageSeq, List<Target> targets, Worked plan) {

        boolean isOf(FanOutRows.Row row, List<Target> all) {
            return messageSeq == row.messageSeq() && targets.equals(all);
        }
    }

    /**
     * The next notes of a tenant, with the messages that there are.
     *
     * @param targets the tenant's targets
     * @param late    the numbers of those that were made after the first of these messages was accepted
     */
    record Next(
            List<FanOutRows.Row> rows,
            Map<Long, MessageQueries.Row> messages,
            List<Target> targets,
            Map<String, Long> late) {

        /** Returns the targets that there were when the message was accepted. */
        List<Target> targetsOf(FanOutRows.Row row) {
            return late.isEmpty()
                    ? targets
                    : targets.stream()
                            .filter(target -> late.getOrDefault(target.id(), 0L) <= row.targetSeq())
                            .toList();
        }
    }

    /** Returns what the next step may take on, by a query. */
    Next next(JdbcClient sql, String tenantId, List<Target> published) {
        List<FanOutRows.Row> rows = FanOutRows.next(sql, tenantId, MESSAGES_AT_ONCE);
        List<Long> seqs = rows.stream().map(FanOutRows.Row::messageSeq).toList();
        long oldest = rows.stream().mapToLong(FanOutRows.Row::targetSeq).min().orElse(Long.MAX_VALUE);
        MessageQueries.Some some = messages.ofSeqs(sql, seqs);
        List<FanOutRows.Row> known =
                rows.stream().filter(row -> row.messageSeq() <= some.upTo()).toList();
        return new Next(known, some.rows(), published, targets.madeAfter(sql, tenantId, oldest));
    }

    /** Evaluates rules, which may take long, so it needs no thread of the store. */
    List<Portion> portions(String tenantId, Next next, Plan.Room room) {
        long start = System.nanoTime();
        List<Target> all = next.targets();
        Begun known = begun.remove(tenantId);
        List<Portion> portions = new ArrayList<>();
        for (FanOutRows.Row row : next.rows()) {
            MessageQueries.Row message = next.messages().get(row.messageSeq());
            if (message == null) {
                portions.add(Portion.erased(row));
                continue;
            }
            Worked plan = known != null && known.isOf(row, all) ? known.plan() : plan(message, next.targetsOf(row));
            Plan.Part part = plan.plan().from(row.place(), room);
            portions.add(new Portion(row, message.message(), part, plan.leftOut()));
            if (part.rest() != null) {
                begun.put(tenantId, new Begun(row.messageSeq(), all, plan));
                break;
            }
            if (!room.isLeft() || System.nanoTime() - start > LONGEST_NANOS) {
                break;
            }
        }
        return portions;
    }

    /** Evaluates within the budget of then, on this thread alone: one message at a time of all tenants. */
    private Worked plan(MessageQueries.Row row, List<Target> all) {
        StoredMessage stored = row.message();
        Subject subject = Subject.of(stored.message(), budget, Costly.ALLOWED);
        Decision decision = rulebooks.decideAgain(subject, stored.tenantName(), row.ruleVersion());
        subject.renew(budget, Costly.ALLOWED);
        Plan plan = plans.of(subject, decision, all);
        return new Worked(plan, subject.everLeftOut());
    }
}
