package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** A condition in words, for lists. */
final class ConditionWords {

    private final Texts texts;

    private ConditionWords(Texts texts) {
        this.texts = texts;
    }

    static String of(Texts texts, JsonNode when) {
        Condition.Group whole = Condition.of(when);
        return whole.parts().isEmpty() ? texts.get("rule.everything") : new ConditionWords(texts).group(whole, false);
    }

    private String words(Condition part) {
        if (part instanceof Condition.Group group) {
            return group(group, true);
        } else if (part instanceof Condition.Leaf leaf) {
            return negated(leaf.not(), leaf(leaf));
        }
        return String.valueOf(part.json());
    }

    private String group(Condition.Group group, boolean within) {
        String joined = group.parts().stream()
                .map(this::words)
                .collect(Collectors.joining(" " + texts.get(group.of().equals("any") ? "or" : "and") + " "));
        boolean several = group.parts().size() > 1;
        boolean not = group.not() != group.of().equals("not");
        return negated(not, several && (within || not) ? "(" + joined + ")" : joined);
    }

    private String negated(boolean not, String words) {
        return not ? texts.get("not") + " " + words : words;
    }

    private String leaf(Condition.Leaf leaf) {
        String begin = texts.word("field", leaf.field()) + " ";
        return begin
                + switch (leaf.op()) {
                    case "exists" -> texts.get(leaf.value().equals("false") ? "op.exists.not" : "op.exists");
                    case "between" -> texts.word("op", leaf.op()) + " " + hours(leaf.hours());
                    default ->
                        texts.word("op", leaf.op()) + " “"
                                + String.join("”, “", leaf.value().lines().toList()) + "”";
                };
    }

    private String hours(Condition.Hours hours) {
        List<String> days =
                hours.days().stream().map(day -> texts.word("day", day)).toList();
        return texts.get("op.between.of", hours.from(), hours.to(), hours.zone())
                + (days.isEmpty() || days.size() == Condition.DAYS.size() ? "" : ", " + String.join(" ", days));
    }
}
