package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {

    private static Rule rule(int position, String when, boolean continues, Action... actions) {
        Instant age = Instant.ofEpochSecond(position);
        return new Rule(
                "rule_" + position,
                "R" + position,
                true,
                0,
                Sample.when(when),
                List.of(actions),
                continues,
                1,
                age,
                age);
    }

    private static String keyword(String word) {
        return "{'field':'text','op':'keyword','value':'" + word + "'}";
    }

    private static Template template(String source) {
        return Template.parse(source, error -> {
            throw new AssertionError(error);
        });
    }

    @Test
    void anExplanationShowsWhatMatchedAndTheFirstHundredThatDidNot() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rules.add(rule(i, keyword(i % 300 == 250 ? "pay" : "w" + i), true));
        }
        List<RuleTrace> traces = RuleSet.of(1, rules).explain(Sample.text("pay"), Budget.UNBOUNDED, Costly.ALLOWED);

        assertThat(traces).hasSize(RuleSet.MOST_SHOWN + 3);
        assertThat(traces)
                .filteredOn(RuleTrace::matched)
                .extracting(RuleTrace::ruleId)
                .containsExactly("rule_250", "rule_550", "rule_850");
        assertThat(traces.get(99).ruleId()).isEqualTo("rule_99");
    }

    @Test
    void whatIsFilledInIsNeverReadAgain() throws Exception {
        Action reply = new Action.Reply("act_1", template("{{text}}|{{ from }}|{{match.1}}|{{match.9}}"), 3);
        RuleSet rules =
                RuleSet.of(1, List.of(rule(1, "{'field':'text','op':'regex','value':'(\\\\{.*)'}", false, reply)));
        InboundMessage message = Sample.text("{{tenantName}} $1 \\E");

        Decision decision = rules.decide(Subject.of(message), "Acme");

        JsonNode body =
                Sample.JSON.readTree(decision.actions().get(0).rendered().body());
        assertThat(body.path("text").asText()).isEqualTo("{{tenantName}} $1 \\E|919876543210|{{tenantName}} $1 \\E|");
        assertThat(body.path("sim").asInt()).isEqualTo(1);
    }

    @Test
    void aSubjectIsOneLineWhateverFillsIt() throws Exception {
        Action mail = new Action.Email("act_1", List.of("a@b.c"), template("{{text}}"), template("{{text}}"));
        RuleSet rules = RuleSet.of(1, List.of(rule(1, "null", false, mail)));

        Decision decision = rules.decide(Subject.of(Sample.text("a\r\nBcc: x@y.z\u2028\u0085b")), "Acme");

        JsonNode body =
                Sample.JSON.readTree(decision.actions().get(0).rendered().body());
        assertThat(body.path("subject").asText()).isEqualTo("a  Bcc: x@y.z  b");
        assertThat(body.path("text").asText()).isEqualTo("a\r\nBcc: x@y.z\u2028\u0085b");
    }

    @Test
    void theMostActionsOfAMessageAreThoseOfARunOfRulesThatContinue() {
        Action[] two = {new Action.Webhook("act_1", "http://a"), new Action.Webhook("act_2", "http://b")};
        Action[] three = {two[0], two[1], new Action.Webhook("act_3", "http://c")};

        assertThat(RuleSet.NONE.mostActions()).isZero();
        assertThat(RuleSet.of(1, List.of(rule(1, "null", false, two), rule(2, "null", false, three)))
                        .mostActions())
                .isEqualTo(3);
        assertThat(RuleSet.of(1, List.of(rule(1, "null", true, two), rule(2, "null", false, three)))
                        .mostActions())
                .isEqualTo(5);
    }

    @Test
    void aTemplateThatMultipliesTheTextStaysBounded() {
        Action mail = new Action.Email(
                "act_1", List.of("a@b.c"), template("{{text}}".repeat(20)), template("{{text}}".repeat(2_000)));
        RuleSet rules = RuleSet.of(1, List.of(rule(1, "null", false, mail)));

        Action.Rendered rendered = rules.decide(Subject.of(Sample.text("😀".repeat(10_000))), "Acme")
                .actions()
                .get(0)
                .rendered();

        assertThat(rendered.isCut()).isTrue();
        assertThat(rendered.body()).hasSizeBetween(50_000, 101_000);
    }

    @ParameterizedTest
    @CsvSource({"{{who}}", "{{match.100}}", "{{match.x}}", "{{", "a {{from}} {{", "{{}}", "{{FROM}}"})
    void aNameThatNobodyKnowsIsNamed(String source) {
        List<String> errors = new ArrayList<>();

        assertThat(Template.parse(source, errors::add)).isNull();
        assertThat(errors).singleElement().asString().contains("{{from}}");
    }

    @ParameterizedTest(name = "{0} in 1,600 characters of {1}")
    @CsvSource({"contains, x", "endsWith, ß", "contains, é", "endsWith, 👍", "contains, \u200fש"})
    void theEndOfALongTextIsFound(String op, String filling) {
        String text = filling.repeat(1_600 / filling.length() - 2) + "İbal";
        RuleSet rules = RuleSet.of(1, List.of(rule(1, "{'field':'text','op':'" + op + "','value':'IBAL'}", false)));

        assertThat(rules.decide(Subject.of(Sample.text(text)), "Acme").matchedRuleId())
                .isEqualTo("rule_1");
    }
}
