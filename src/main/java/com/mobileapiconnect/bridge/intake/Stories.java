package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Row;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.RuleTrace;
import com.mobileapiconnect.bridge.rulebook.RuleBudget;
import com.mobileapiconnect.bridge.rulebook.Rulebooks;
import com.mobileapiconnect.bridge.tracking.DeliveryQueries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the stories of messages. A decision was made once; it is explained on request, by the rules in that version, on
 * the thread of the one who asks.
 */
@Component
class Stories {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();
    /** Characters of explanations after which a page ends: an explanation repeats the text for every predicate. */
    private static final long LONGEST_PAGE = 4 << 20;

    private final Rulebooks rulebooks;

    private final RuleBudget budget;
    private final UnsentActions unsent;

    Stories(Rulebooks rulebooks, RuleBudget budget, UnsentActions unsent) {
        this.rulebooks = rulebooks;
        this.budget = budget;
        this.unsent = unsent;
    }

    /**
     * A message as it stands in the store.
     *
     * @param raw the request, if it was not understood and is wanted
     */
    record Told(
            Row row, DeliveryQueries.Went went, @Nullable UnparsedRequest raw) {

        private MessageView view(List<RuleTrace> evaluation) {
            MessageView view = MessageView.of(row, evaluation, went);
            return raw == null ? view : view.with(raw);
        }
    }

    MessageView tell(String tenantId, Told told) {
        try (RuleBudget.Turn turn = budget.ofPeople(tenantId)) {
            return told.view(explain(told, turn));
        }
    }

    /**
     * Tells a page of stories. The page ends early if explaining has taken long, or has become much.
     *
     * @param behind returns the cursor behind so many of them
     */
    Page<MessageView> tellAll(String tenantId, Page<Told> page, IntFunction<@Nullable String> behind) {
        long begun = System.nanoTime();
        long length = 0;
        List<MessageView> views = new ArrayList<>();
        try (RuleBudget.Turn turn = budget.ofPeople(tenantId)) {
            for (Told told : page.data()) {
                if (length > LONGEST_PAGE || (!views.isEmpty() && System.nanoTime() - begun > PATIENCE_NANOS)) {
                    return new Page<>(views, behind.apply(views.size()));
                }
                List<RuleTrace> evaluation = explain(told, turn);
                length += MessageView.length(evaluation);
                views.add(told.view(evaluation));
            }
        }
        return new Page<>(views, page.next());
    }

    private List<RuleTrace> explain(Told told, RuleBudget.Turn turn) {
        StoredMessage message = told.row().message();
        List<RuleTrace> judgements =
                rulebooks.explain(message.message(), told.row().ruleVersion(), turn);
        if (told.went().leftOut() > 0) {
            return judgements; // an action's delivery may be among those that are left out
        }
        return judgements.stream()
                .map(judged ->
                        judged.with(unsent.of(judged, message, told.went().deliveries())))
                .toList();
    }

    /** Makes a page of what was told so far; the next page continues there. */
    static Page<Told> endingEarly(List<Told> told) {
        return new Page<>(told, cursor(told.get(told.size() - 1).row().position()));
    }

    static String cursor(Position position) {
        return position.acceptedAt() + "-" + position.seq();
    }

    static Position position(String cursor) {
        String[] parts = cursor.split("-", 2);
        try {
            return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[parts.length - 1]));
        } catch (NumberFormatException e) {
            throw Problem.invalid("cursor", "was not issued by this list");
        }
    }
}
