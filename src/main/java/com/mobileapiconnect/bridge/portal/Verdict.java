package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The things that would happen to an SMS that is tried.
 *
 * @param actions each as it would run
 */
record Verdict(@Nullable String matchedRuleId, List<ShownMessage.Trace> evaluation, List<JsonNode> actions) {

    /** The place of a new rule among those that stand. */
    static final String DRAFT = "rule_draft";

    /** The fields of a stored message that decide what rules do with it. */
    private static final List<String> DECIDING = List.of("from", "to", "text", "deviceId", "receivedAt", "sim", "ref");

    /**
     * A trial and what came of it.
     *
     * @param tried the fields of the trial
     * @param wrong the reason for which there is no verdict; null if there is one, or nothing was tried
     */
    record Tried(
            Form tried, @Nullable Verdict verdict, @Nullable String wrong) {

        static final Tried NOTHING = new Tried(new Form(Map.of()), null, null);

        /** Returns the rule that decides, if it is not the one that is looked at. */
        @Nullable String decidedBy(@Nullable String rule) {
            return verdict == null
                            || verdict.matchedRuleId() == null
                            || verdict.matchedRuleId().equals(rule)
                    ? null
                    : verdict.nameOf(verdict.matchedRuleId());
        }
    }

    /** @param rules drafts in place of the rules that stand; null for those */
    static Tried of(Visit visit, @Nullable ArrayNode rules) {
        Form form = visit.form();
        ObjectNode asked = Answer.JSON.createObjectNode();
        asked.set("message", message(visit, form));
        if (rules != null) {
            asked.set("rules", rules);
        }
        Answer answer = visit.send("POST", "/v1/rules/test", asked);
        return answer.isGood()
                ? new Tried(form, answer.as(Verdict.class), null)
                : new Tried(form, null, wrong(visit.texts(), answer));
    }

    private static String wrong(Texts texts, Answer answer) {
        return answer.errors().entrySet().stream()
                .findFirst()
                .map(first -> Built.word(texts, first.getKey().replaceFirst("^rules\\[\\d+]\\.", "")) + " "
                        + first.getValue())
                .orElse(answer.detail());
    }

    /** Returns a stored message that was chosen, or what was typed. */
    private static ObjectNode message(Visit visit, Form form) {
        ObjectNode message = Answer.JSON.createObjectNode();
        String id = form.get("try.message");
        if (id.matches("msg_[A-Za-z0-9_-]{1,80}")) {
            JsonNode stored = visit.get("/v1/messages/" + id).orThrow().json();
            DECIDING.forEach(name -> message.set(name, stored.path(name)));
            return message;
        }
        return message.put("from", form.get("try.from")).put("text", form.raw("try.text"));
    }

    String nameOf(String rule) {
        return evaluation.stream()
                .filter(each -> each.ruleId().equals(rule))
                .map(ShownMessage.Trace::name)
                .findFirst()
                .orElse(rule);
    }

    /** Returns the judgement of the rule that is looked at first, then those of the others. */
    List<ShownMessage.Trace> beginningWith(@Nullable String rule) {
        return evaluation.stream()
                .sorted(java.util.Comparator.comparing(each -> !each.ruleId().equals(rule)))
                .toList();
    }
}
