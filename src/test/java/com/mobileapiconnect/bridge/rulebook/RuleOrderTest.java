package com.mobileapiconnect.bridge.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.rule.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules are put in order by as few new priorities as will do. */
class RuleOrderTest {

    private static final Instant NOW = Instant.parse("2026-06-12T00:00:00Z");

    private static Rule rule(char name, int priority) {
        Instant age = NOW.plusMillis(name);
        return RuleResource.blank("rule_" + name, age, age).with(priority, age);
    }

    private static String inOrder(List<Rule> rules) {
        return rules.stream()
                .sorted(Rule.ORDER)
                .map(rule -> rule.id().substring(5))
                .collect(Collectors.joining());
    }

    /** Rules named a, b, c … by age, in an order, after those that have to change have changed. */
    private static List<Rule> after(List<Rule> order, List<Rule> changed) {
        List<Rule> after = new ArrayList<>(order);
        changed.forEach(rule -> after.replaceAll(old -> old.id().equals(rule.id()) ? rule : old));
        return after;
    }

    @ParameterizedTest
    @CsvSource({
        "'10,20,30', abc, 0",
        "'10,20,30', bac, 1",
        "'10,20,30', bca, 1",
        "'10,20,30', cab, 1",
        "'10,20,30', cba, 2",
        "'10,20,30,40', adbc, 1",
        "'10,13,20,30', acdb, 1",
        "'10,11,12', acb, 2",
        "'10,11,12,20', acbd, 3",
        "'10,11,12,13', acbd, 3",
        "'5,5,5', abc, 0",
        "'5,5,5', cab, 1",
        "'5,5,5', acb, 3",
        "'5,5,5,5', acbd, 4",
        "'-1000000,0,7', cab, 3",
        "'-3,-2,1000000', bca, 3",
        "'', '', 0"
    })
    void fewChange(String priorities, String order, int number) {
        List<Rule> wanted = new ArrayList<>();
        for (char name : order.toCharArray()) {
            wanted.add(rule(name, Integer.parseInt(priorities.split(",")[name - 'a'])));
        }

        List<Rule> changed = RuleOrder.changed(wanted, NOW);

        assertThat(changed).hasSize(number);
        assertThat(changed).allSatisfy(rule -> assertThat(rule.updatedAt()).isEqualTo(NOW));
        assertThat(inOrder(after(wanted, changed))).isEqualTo(order);
    }

    @Test
    void whateverTheOrderItHoldsAfterwards() {
        Random random = new Random(19);
        for (int round = 0; round < 2_000; round++) {
            List<Rule> wanted = new ArrayList<>();
            for (char name = 'a'; name < 'a' + 1 + round % 20; name++) {
                int span = 1 << random.nextInt(20);
                wanted.add(rule(name, random.nextInt(2 * span) - span));
            }
            Collections.shuffle(wanted, random);
            List<Rule> changed = RuleOrder.changed(wanted, NOW);
            List<Rule> after = after(wanted, changed);

            assertThat(after.stream().sorted(Rule.ORDER)).isEqualTo(after);
            assertThat(changed).hasSizeLessThanOrEqualTo(wanted.size());
            assertThat(RuleOrder.changed(after, NOW)).isEmpty();
        }
    }
}
