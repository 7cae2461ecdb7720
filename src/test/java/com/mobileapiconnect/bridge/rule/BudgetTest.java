package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What conditions cost, and what becomes of those that cost too much. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BudgetTest {

    private static final InboundMessage LONGEST = Sample.text("a".repeat(InboundMessage.ORDINARY_TEXT));
    private static final InboundMessage EMOJI = Sample.text("😀".repeat(InboundMessage.ORDINARY_TEXT));

    /** Needs no word, so that every message is looked through for it, and costs 400 instructions. */
    private static final String COSTLY = regex("a?".repeat(200) + "[yz]");

    private static ObjectNode leaf(String op, String value) {
        return Sample.JSON.createObjectNode().put("field", "text").put("op", op).put("value", value);
    }

    private static Rule rule(int n, String when) {
        Instant age = Instant.ofEpochSecond(n);
        return new Rule("rule_" + n, "", true, 0, Sample.when(when), List.of(), true, 1, age, age);
    }

    private static RuleSet rules(String... conditions) {
        List<Rule> rules = new ArrayList<>();
        for (String condition : conditions) {
            rules.add(rule(rules.size(), condition));
        }
        return RuleSet.of(1, rules);
    }

    private static String[] times(int n, String condition) {
        String[] all = new String[n];
        java.util.Arrays.fill(all, condition);
        return all;
    }

    private static String regex(String value) {
        return leaf("regex", value).toString();
    }

    private static Subject subject(InboundMessage message, long steps) {
        return Subject.of(message, new Budget(steps), Costly.ALLOWED);
    }

    @Test
    void anExpressionThatAHundredRulesHaveIsLookedForOnce() {
        RuleSet one = rules(regex("(b?){150}c|.d"));
        RuleSet hundred = rules(times(100, regex("(b?){150}c|.d")));

        assertThat(hundred.steps()).isEqualTo(one.steps()).isGreaterThan(100_000);
        Subject subject = subject(LONGEST, one.steps());
        hundred.decide(subject, "Acme");
        assertThat(subject.everLeftOut()).isFalse();
    }

    @Test
    void rulesWithinTheBudgetAreNeverLeftOutWhateverTheText() {
        RuleSet rules = rules(
                regex("[ab]?[^c]+d|.e"),
                "{'not':" + leaf("contains", "a".repeat(999) + "b") + "}",
                regex("(\\d+)-(\\d+)|.x"),
                "{'not':" + regex("😀+x") + "}");
        for (InboundMessage message :
                List.of(LONGEST, EMOJI, Sample.text("é\u0301😀".repeat(3_000)), Sample.text(""))) {
            Subject subject = subject(message, rules.steps());
            rules.decide(subject, "Acme");
            assertThat(subject.everLeftOut()).isFalse();
        }
    }

    @Test
    void aLongTextCostsWhatItIsLongWithinTheSameBudget() {
        InboundMessage tenfold =
                Sample.text("a".repeat(10 * InboundMessage.ORDINARY_TEXT)).withFlag(Flags.Flag.LONG_TEXT);
        RuleSet rules = rules(COSTLY, leaf("contains", "aaa").toString());

        Subject tight = subject(tenfold, rules.steps());
        assertThat(rules.decide(tight, "Acme").matchedRuleId()).isEqualTo("rule_1");
        assertThat(tight.everLeftOut()).isTrue();
        Subject wide = subject(tenfold, 10 * rules.steps());
        rules.decide(wide, "Acme");
        assertThat(wide.everLeftOut()).isFalse();
        Subject ordinary = subject(LONGEST, rules.steps());
        rules.decide(ordinary, "Acme");
        assertThat(ordinary.everLeftOut()).isFalse();
    }

    @Test
    void anExplanationShowsTheBeginningOfALongText() {
        InboundMessage tenfold = Sample.text("😀".repeat(10 * InboundMessage.ORDINARY_TEXT));
        Explained explained = Sample.when(leaf("contains", "x").toString()).explain(tenfold);
        assertThat(explained.predicates().get(0).actual().asText())
                .isEqualTo("😀".repeat(InboundMessage.ORDINARY_TEXT));
    }

    @Test
    void aRuleThatDoesNotFitIsLeftOutWithEverythingThatFollowsFromItAndTheOthersCount() {
        RuleSet rules = rules(
                leaf("contains", "aaa").toString(),
                regex("[b-y]?[z]"),
                COSTLY,
                "{'not':" + COSTLY + "}",
                "{'any':[" + leaf("keyword", "x") + "," + COSTLY + "]}",
                "{'field':'sim','op':'exists'}");
        Subject subject = subject(LONGEST, 500_000);
        Decision decision = rules.decide(subject, "Acme");

        assertThat(decision.matchedRuleId()).isEqualTo("rule_0");
        assertThat(subject.everLeftOut()).isTrue();
        List<RuleTrace> story = rules.explain(LONGEST, new Budget(500_000), Costly.ALLOWED);
        assertThat(story).extracting(RuleTrace::matched).containsExactly(true, false, false, false, false, true);
        assertThat(story).extracting(RuleTrace::leftOut).containsExactly(false, false, true, true, true, false);
        assertThat(story.get(2).predicates().get(0).leftOut()).isTrue();
        assertThat(Sample.JSON.valueToTree(story).toString())
                .containsOnlyOnce("\"leftOut\":true,\"predicates\":[{\"field\":\"text\",\"op\":\"keyword\"");
    }

    @Test
    void aConditionThatIsLeftOutDoesNotHoldEvenIfItIsNegated() {
        When not = Sample.when("{'not':" + COSTLY + "}");
        assertThat(not.test(subject(LONGEST, 1_000))).isFalse();
        assertThat(not.test(subject(LONGEST, 1_000_000_000))).isTrue();
    }

    @Test
    void manyRulesThatNeedAWordOfTheirOwnAreFewForAnyOneText() {
        String[] words = new String[10_000];
        for (int i = 0; i < words.length; i++) {
            words[i] = regex("\\bword" + i + "\\W+([a-z]+)");
        }
        RuleSet rules = rules(words);
        assertThat(rules.steps()).isBetween(1_000_000L, 50_000_000L);
        Subject subject = subject(Sample.text("Word77: x " + "a".repeat(9_000)), 5_000_000);
        assertThat(rules.decide(subject, "Acme").matchedRuleId()).isEqualTo("rule_77");
        assertThat(subject.everLeftOut()).isFalse();
    }

    @Test
    void whatIsMoreThanALittleIsAskedForAndMayBeRefused() {
        RuleSet rules = rules(COSTLY);
        AtomicInteger asked = new AtomicInteger();
        rules.decide(Subject.of(Sample.text("aaa"), Budget.UNBOUNDED, asked::incrementAndGet), "Acme");
        assertThat(asked).hasValue(0);
        rules.decide(Subject.of(LONGEST, Budget.UNBOUNDED, asked::incrementAndGet), "Acme");
        assertThat(asked).hasValue(1);
        Subject refused = Subject.of(LONGEST, Budget.UNBOUNDED, () -> {
            throw new IllegalStateException("busy");
        });
        assertThatThrownBy(() -> rules.decide(refused, "Acme")).hasMessage("busy");
    }

    @Test
    void groupsAreThereAlthoughTheExpressionIsLookedForOnce() {
        Action reply = new Action.Reply("act_1", Template.parse("{{match.1}}", error -> {}), 1);
        Rule rule = new Rule(
                "rule_1",
                "",
                true,
                0,
                Sample.when(regex("pay (\\d+)")),
                List.of(reply),
                false,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
        RuleSet rules = RuleSet.of(1, List.of(rule));
        Decision decision = rules.decide(subject(Sample.text("PAY 500"), rules.steps()), "Acme");
        assertThat(decision.actions().get(0).rendered().body()).contains("\"500\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\\x{1c89}-\\x{1e943}]", "\\pL"})
    void expressionsThatAreLongInCompilingAreRefusedByTheRequestAsAWhole(String letters) {
        Expressions request = new Expressions();
        List<String> errors = new ArrayList<>();
        int conditions = 0;
        while (errors.isEmpty() && conditions < 1_000) {
            conditions++;
            PredicateParser.parse(
                    leaf("regex", (letters + "?").repeat(20)), "when", (path, error) -> errors.add(error), request);
        }
        assertThat(conditions).isBetween(10, 900);
        assertThat(errors.get(0)).endsWith("take too long to compile");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void accentsWithoutEndAreFoldedInATimeThatGrowsWithTheirNumber() {
        When when = Sample.when(leaf("contains", "x").toString());
        // Where the time grows with the square of their number, as in Java itself, this takes minutes.
        for (int i = 0; i < 20; i++) {
            assertThat(when.test(Sample.text("a" + "\u0301\u0323".repeat(50_000))))
                    .isFalse();
        }
    }
}
