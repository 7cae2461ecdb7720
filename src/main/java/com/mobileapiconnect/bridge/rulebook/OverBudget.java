package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.destination.ConditionBudget;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Says at the start which tenants have rules or conditions over the budget, saved before there was one or while it was
 * larger. All go on working: a rule that does not fit for a message is left out, and the message's story says so.
 */
@Component
class OverBudget implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(OverBudget.class);

    private final Rulebooks rulebooks;
    private final ConditionBudget conditions;
    private final RuleBudget budget;

    OverBudget(Rulebooks rulebooks, ConditionBudget conditions, RuleBudget budget) {
        this.rulebooks = rulebooks;
        this.conditions = conditions;
        this.budget = budget;
    }

    @Override
    public void afterPropertiesSet() {
        rulebooks.books().forEach(book -> check(book.tenantId(), book.rules()));
        conditions.exceeded().forEach((tenantId, steps) -> warn("conditions of connections", tenantId, steps, ""));
    }

    private void check(String tenantId, RuleSet rules) {
        if (rules.steps() > budget.budget().steps()) {
            Optional<Rule> costliest = rules.rules().stream().max(Comparator.comparingLong(Rule::steps));
            String which = costliest
                    .map(rule -> " The costliest is " + rule.id() + " with " + number(rule.steps()) + ".")
                    .orElse("");
            warn("rules", tenantId, rules.steps(), which);
        }
    }

    private void warn(String what, String tenantId, long steps, String which) {
        LOG.warn(
                "The {} of tenant {} cost {} steps for a text of 10,000 characters, over the {} of bridge.rules.budget: what does not"
                        + " fit for a message is left out, and its story says so.{}",
                what,
                tenantId,
                number(steps),
                number(budget.budget().steps()),
                which);
    }

    private static String number(long steps) {
        return String.format(Locale.ROOT, "%,d", steps);
    }
}
