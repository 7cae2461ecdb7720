package com.mobileapiconnect.bridge.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.Trimmed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The index answers what asking every rule in order would: it only spares those that cannot match. */
class RuleIndexTest {

    // Few and awkward: matches are frequent, and so is what folds, composes or is torn apart.
    private static final String[] PIECES = {
        "a",
        "b",
        "B",
        "ab",
        "k",
        "\u212a",
        "s",
        "\u017f",
        "ß",
        "ẞ",
        "ss",
        "i",
        "I",
        "İ",
        "ı",
        "\u0307",
        "é",
        "e\u0301",
        "J\u030c",
        "j",
        " ",
        "1",
        "19",
        "-",
        ".",
        "👍",
        "余",
        "額",
        "رصيد",
        "\u200f",
        "Σ",
        "ς",
        "\u00a0",
        "\n",
        "\ufeff",
        "❤\ufe0f",
        "🏴",
        "\udb40\udc67"
    };
    private static final String[] REGEXES = {
        "a",
        "ab+",
        "a?b",
        "^(ab|s)$",
        "(?i)AB",
        "[ab]1",
        "a{2}",
        "a{0,1}b",
        "\\d+-1",
        "(a|b)*k",
        "é",
        "e\\x{301}",
        "s",
        "k",
        "(?:ab)?19",
        "a.b|s",
        "\\bab\\b",
        "余|額",
        "j",
        "(?P<x>ab)1",
        "[^a]s",
        "a|",
        "ß",
        "ss",
        "i",
        "\\.1",
        "x{",
        "(b)+",
        "رصيد",
        "a\\Qb\\E"
    };
    private static int matched;

    @Property(tries = 1_000)
    void itMatchesWhatEveryRuleAskedInOrderMatches(
            @ForAll("conditions") List<ObjectNode> conditions,
            @ForAll("texts") String text,
            @ForAll("numbers") String from,
            @ForAll boolean continues) {
        List<Rule> rules = new ArrayList<>();
        for (ObjectNode condition : conditions) {
            When when = PredicateParser.parse(condition, "when", (field, message) -> {
                        throw new AssertionError(field + " " + message + ": " + condition);
                    })
                    .orElseThrow();
            Instant age = Instant.ofEpochSecond(rules.size());
            rules.add(new Rule("rule_" + rules.size(), "", true, 0, when, List.of(), continues, 1, age, age));
        }
        InboundMessage message = new InboundMessage(
                "msg_1", "ten_1", "dev_1", null, from, null, text, null, null, Sample.RECEIVED_AT, Flags.NONE);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < rules.size() && (continues || expected.isEmpty()); i++) {
            if (rules.get(i).when().test(message)) {
                expected.add(i);
            }
        }
        matched += expected.size();

        assertThat(new RuleIndex(rules).match(Subject.of(message)).matched())
                .containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
    }

    @AfterProperty
    void thatManyRulesMatchedAtAll() {
        assertThat(matched).isGreaterThan(300);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMaxSize(8).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.of("+91 98-1", "19", "191", "Bank", "BANKſ", "a1");
    }

    @Provide
    Arbitrary<List<ObjectNode>> conditions() {
        return condition(2).list().ofMinSize(1).ofMaxSize(12);
    }

    private Arbitrary<ObjectNode> condition(int depth) {
        Arbitrary<ObjectNode> leaf = Arbitraries.oneOf(text(), regex(), number(), keyword(), in());
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<ObjectNode> inner = condition(depth - 1);
        Arbitrary<ObjectNode> list = inner.list().ofMinSize(1).ofMaxSize(3).flatMap(parts -> Arbitraries.of(
                        "all", "any")
                .map(name -> {
                    ObjectNode node = Sample.JSON.createObjectNode();
                    ArrayNode array = node.putArray(name);
                    parts.forEach(array::add);
                    return node;
                }));
        Arbitrary<ObjectNode> not =
                inner.map(part -> Sample.JSON.createObjectNode().set("not", part));
        return Arbitraries.frequencyOf(Tuple.of(4, leaf), Tuple.of(3, list), Tuple.of(1, not));
    }

    private Arbitrary<ObjectNode> text() {
        return Arbitraries.of("equals", "contains", "startsWith", "endsWith").flatMap(op -> Arbitraries.of(PIECES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(pieces -> String.join("", pieces))
                .flatMap(value -> Arbitraries.of(0, 1, 2, 3).map(manner -> {
                    ObjectNode leaf = leaf("text", op).put("value", value).put("caseSensitive", manner % 2 == 1);
                    boolean blank = Trimmed.of(value).isEmpty() && op.endsWith("With");
                    return op.equals("contains") ? leaf : leaf.put("exact", blank || manner > 1);
                })));
    }

    private Arbitrary<ObjectNode> regex() {
        return Arbitraries.of("text", "from").flatMap(field -> Arbitraries.of(REGEXES)
                .map(regex -> leaf(field, "regex").put("value", regex)));
    }

    private Arbitrary<ObjectNode> number() {
        return Arbitraries.of("equals", "contains", "startsWith", "endsWith")
                .flatMap(op -> Arbitraries.of("19", "1", "bank", "a1")
                        .map(value -> leaf("from", op).put("value", value)));
    }

    private Arbitrary<ObjectNode> keyword() {
        return Arbitraries.of("a", "ab", "s", "ss", "i", "余", "👍").flatMap(word -> Arbitraries.of(true, false)
                .map(exact -> leaf("text", "keyword").put("value", word).put("exact", exact)));
    }

    private Arbitrary<ObjectNode> in() {
        return Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(3).map(values -> {
            ObjectNode leaf = leaf("text", "in");
            values.forEach(leaf.withArray("/value")::add);
            return leaf.put("exact", values.size() == 1);
        });
    }

    private static ObjectNode leaf(String field, String op) {
        return Sample.JSON.createObjectNode().put("field", field).put("op", op);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiterString = " -> ",
            nullValues = "nothing",
            value = {
                "^INV-\\d+$ -> inv-",
                "inv|order -> inv,order",
                "^(help|stop)$ -> help,stop",
                "(pay|p)\\s+now -> now",
                "(?i)Balance\\b -> balance",
                "bal(ance)? -> bal",
                "colou?r -> colo",
                "ab{2,}c -> ab",
                "ab{0,2}c -> a",
                "\\$\\d+ -> $",
                "[0-9]+ kg -> ' kg'",
                "(?P<n>id)=(\\d+) -> id",
                "café -> caf",
                "straße -> stra",
                ".* -> nothing",
                "(a|.) -> nothing",
                "a\\Q.\\E -> nothing",
                "^(a+)+$ -> a",
            })
    void literalsOfARegularExpression(String regex, String expected) {
        List<String> required = RegexLiterals.required(regex);

        assertThat(required == null ? null : String.join(",", required)).isEqualTo(expected);
    }
}
