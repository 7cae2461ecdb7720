package com.mobileapiconnect.bridge.bench.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.PredicateParser;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rules on made-up words, the same at every run; only the last one matches the message. */
final class SampleRules {

    static final String WORD = "Balance";
    static final InboundMessage MESSAGE = new InboundMessage(
            "msg_1",
            "ten_1",
            "dev_1",
            "p-1",
            "919876543210",
            "911234500000",
            WORD + ", please: I would like to know what is left on my account since the payment of last Tuesday, and"
                    + " whether order 4711 was shipped. Thank you",
            null,
            1,
            Instant.parse("2026-06-12T14:32:00Z"),
            Flags.NONE);
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private SampleRules() {}

    private static List<String> words(int n) {
        Random random = new Random(42);
        List<String> words = new ArrayList<>(n);
        while (words.size() < n - 1) {
            StringBuilder word = new StringBuilder();
            for (int i = 6 + random.nextInt(5); i > 0; i--) {
                word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            words.add(word.toString());
        }
        words.add(WORD);
        return words;
    }

    private static String value(String kind, String word) {
        return kind.equals("regex") ? "\\b" + word + "\\W+[a-z]+" : word;
    }

    static List<Rule> of(String kind, int n) {
        List<Rule> rules = new ArrayList<>(n);
        for (String word : words(n)) {
            ObjectNode condition = JsonNodeFactory.instance.objectNode();
            condition.put("field", "text").put("op", kind).put("value", value(kind, word));
            When when = PredicateParser.parse(condition, "when", (field, message) -> {})
                    .orElseThrow();
            String id = "rule_" + rules.size();
            rules.add(new Rule(id, id, true, rules.size(), when, List.of(), false, 1, Instant.EPOCH, Instant.EPOCH));
        }
        return rules;
    }

    static List<String> simple(String kind, int n) {
        return words(n).stream()
                .map(word -> switch (kind) {
                    case "keyword" -> "${header.word} =~ '" + word + "'";
                    case "contains" -> "${body} ~~ '" + word + "'";
                    default -> "${body} regex '(?s).*\\b" + word + "\\W+[a-z]+.*'";
                })
                .toList();
    }
}
