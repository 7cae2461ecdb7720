package com.mobileapiconnect.bridge.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.rule.Budget;
import com.mobileapiconnect.bridge.support.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom when rules take long. */
@Timeout(180)
class RuleBudgetTest {

    private final RuleBudget budget = new RuleBudget(new Budget(1), 2, Duration.ofMinutes(2));

    private CompletableFuture<Void> waits(RuleBudget.Turn turn) {
        CompletableFuture<Void> went = CompletableFuture.runAsync(turn::goOn, task -> new Thread(task).start());
        assertThat(went).isNotDone();
        return went;
    }

    @Test
    void aTenantsPhonesHaveOneTurnAndItsPeopleAnother() {
        RuleBudget.Turn first = budget.ofPhones("a");
        first.goOn();
        first.goOn();
        try (RuleBudget.Turn people = budget.ofPeople("a")) {
            people.goOn();
        }
        RuleBudget.Turn second = budget.ofPhones("a");
        CompletableFuture<Void> waiting = waits(second);
        try (RuleBudget.Turn other = budget.ofPhones("b")) {
            other.goOn();
        }
        first.close();
        waiting.join();
        second.close();
    }

    @Test
    void inAllThereAreSoManyTurnsAndNoMore() {
        RuleBudget.Turn a = budget.ofPhones("a");
        a.goOn();
        budget.ofPhones("b").goOn();
        CompletableFuture<Void> waiting = waits(budget.ofPhones("c"));
        a.close();
        waiting.join();
    }

    @Test
    void whoeverWouldWaitBehindTooManyOthersIsToldToComeBack() {
        budget.ofPhones("a").goOn();
        List<CompletableFuture<Void>> queue = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            queue.add(CompletableFuture.runAsync(() -> budget.ofPhones("a").goOn(), task -> new Thread(task).start()));
        }
        Eventually.eventually(() -> assertThat(queue).anyMatch(CompletableFuture::isCompletedExceptionally));
        assertThatThrownBy(() -> queue.stream()
                        .filter(CompletableFuture::isCompletedExceptionally)
                        .findFirst()
                        .orElseThrow()
                        .join())
                .hasMessageContaining("The rules of this tenant take long");
    }

    @Test
    void aTurnThatWasNotNeededIsNotGivenBack() {
        budget.ofPhones("a").close();
        budget.ofPhones("a").goOn();
        CompletableFuture<Void> waiting = waits(budget.ofPhones("a"));
        assertThat(waiting).isNotDone();
    }
}
