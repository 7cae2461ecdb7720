package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule as its form shows it.
 *
 * @param priority as it was typed
 * @param then     the actions as the API has them
 */
record RuleForm(
        String name, String priority, boolean enabled, boolean continues, Condition.Group when, List<ObjectNode> then) {

    static final List<String> KINDS = List.of("reply", "connection", "webhook", "email");
    static final int MOST_ACTIONS = 20;

    private static final String ACTION = "a.";

    static RuleForm of(ShownRule rule) {
        List<ObjectNode> then = new ArrayList<>();
        rule.then().forEach(action -> then.add(action.deepCopy()));
        return new RuleForm(
                rule.name(),
                Integer.toString(rule.priority()),
                rule.enabled(),
                rule.continues(),
                Condition.of(rule.when()),
                then);
    }

    /** Reads what was typed, and keeps of each action that stands whatever the form does not have. */
    static RuleForm of(Form form, JsonNode standing) {
        List<ObjectNode> then = new ArrayList<>();
        while (then.size() < MOST_ACTIONS && form.has(ACTION + then.size() + ".type")) {
            then.add(action(form, ACTION + then.size() + ".", standing.path("then")));
        }
        return new RuleForm(
                form.get("name"),
                form.get("priority"),
                form.has("enabled"),
                form.has("continue"),
                ConditionForm.of(form),
                then);
    }

    private static ObjectNode action(Form form, String at, JsonNode standing) {
        String type = form.get(at + "type");
        String key = form.get(at + "key");
        ObjectNode action = Answer.JSON.createObjectNode().put("type", type);
        for (JsonNode each : standing) {
            if (!key.isEmpty()
                    && key.equals(key(each))
                    && type.equals(each.path("type").asText())) {
                action = each.deepCopy();
            }
        }
        switch (type) {
            case "reply" -> {
                action.put("text", form.raw(at + "text"));
                number(form, at, "maxSegments", action);
            }
            case "connection" -> {
                if (!action.path("id").asText().equals(form.get(at + "id"))) {
                    action.remove("name");
                }
                action.put("id", form.get(at + "id"));
            }
            case "webhook" -> {
                action.put("url", form.get(at + "url"));
                if (form.has(at + "secret")) {
                    action.put("secret", form.get(at + "secret"));
                }
            }
            default -> {
                ArrayNode to = action.putArray("to");
                for (String each : form.get(at + "to").split("[,;\\s]+")) {
                    if (!each.isEmpty()) {
                        to.add(each);
                    }
                }
                action.put("subject", form.get(at + "subject")).put("text", form.raw(at + "text"));
            }
        }
        return action;
    }

    private static void number(Form form, String at, String name, ObjectNode action) {
        String typed = form.get(at + name);
        if (typed.isEmpty()) {
            action.remove(name);
        } else {
            action.set(name, number(typed));
        }
    }

    private static JsonNode number(String typed) {
        return typed.matches("-?\\d{1,9}")
                ? JsonNodeFactory.instance.numberNode(Integer.parseInt(typed))
                : JsonNodeFactory.instance.textNode(typed);
    }

    /** Returns the id by which an action is known again; empty for a new one. */
    static String key(JsonNode action) {
        return action.path(action.path("type").asText().equals("connection") ? "actionId" : "id")
                .asText("");
    }

    /** Returns the addresses of an e-mail as they are typed. */
    static String addresses(JsonNode action) {
        List<String> all = new ArrayList<>();
        action.path("to").forEach(each -> all.add(each.asText()));
        return String.join(", ", all);
    }

    /** Changes the form as one of its buttons says: see {@link ConditionForm#changed}, and the same with actions. */
    RuleForm changed(String order) {
        List<ObjectNode> actions = new ArrayList<>(then);
        if (order.startsWith("act:") && KINDS.contains(order.substring(4)) && actions.size() < MOST_ACTIONS) {
            actions.add(Answer.JSON.createObjectNode().put("type", order.substring(4)));
        } else if (order.matches("undo:\\d{1,2}") && Integer.parseInt(order.substring(5)) < actions.size()) {
            actions.remove(Integer.parseInt(order.substring(5)));
        }
        return new RuleForm(name, priority, enabled, continues, ConditionForm.changed(when, order), actions);
    }

    /** Puts what the form says into a rule. */
    ObjectNode into(ObjectNode rule) {
        rule.put("name", name).put("enabled", enabled).put("continue", continues);
        rule.set("priority", number(priority));
        if (when.parts().isEmpty()) {
            rule.remove("when");
        } else {
            rule.set("when", when.json());
        }
        ArrayNode list = rule.putArray("then");
        then.forEach(list::add);
        return rule;
    }
}
