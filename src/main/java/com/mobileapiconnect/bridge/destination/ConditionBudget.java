package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.rule.Budget;
import com.mobileapiconnect.bridge.rule.When;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Keeps the conditions of a tenant's connections within the budget: each is evaluated for every message. */
@Component
public class ConditionBudget {

    private final Targets targets;
    private final Budget budget;

    ConditionBudget(Targets targets, Budget budget) {
        this.targets = targets;
        this.budget = budget;
    }

    /** Returns the connection, or throws a 422 {@link Problem} if its condition is one too many. */
    Target accept(Target wanted) {
        List<Target> after = new ArrayList<>(targets.ofTenant(wanted.tenantId()));
        after.removeIf(target -> target.id().equals(wanted.id()));
        after.add(wanted);
        flaw(wanted, after).ifPresent(flaw -> {
            throw Problem.invalid("when", flaw);
        });
        return wanted;
    }

    /**
     * Returns what is wrong with the condition of a connection if these are all connections of its tenant then. A tenant
     * that is over the budget may still make changes that cost no more.
     */
    public Optional<String> flaw(Target wanted, Collection<Target> after) {
        long all = cost(after);
        return all <= budget.steps() || all <= cost(targets.ofTenant(wanted.tenantId()))
                ? Optional.empty()
                : Optional.of(budget.exceededBy(When.cost(List.of(wanted.when())), all));
    }

    private static long cost(Collection<Target> all) {
        return When.cost(all.stream().map(Target::when).toList());
    }

    /** Returns the tenants whose conditions cost more than the budget, with the steps. */
    public Map<String, Long> exceeded() {
        Map<String, Long> exceeded = new TreeMap<>();
        targets.all().stream()
                .filter(target -> !target.isAction())
                .collect(Collectors.groupingBy(Target::tenantId))
                .forEach((tenantId, all) -> exceeded.put(tenantId, cost(all)));
        exceeded.values().removeIf(steps -> steps <= budget.steps());
        return exceeded;
    }
}
