package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of rules as the API has it.
 *
 * @param version that a change of the order is a change of
 */
record RuleOrder(List<String> rules, long version) {

    /** The status of an answer that says that somebody else has changed something. */
    static final int CHANGED = 412;

    static final String API = RulesPage.API + "/order";

    /** Returns rules in this order; those that are newer than it come last. */
    List<ShownRule> sorted(List<ShownRule> some) {
        Map<String, Integer> places = new HashMap<>();
        rules.forEach(id -> places.put(id, places.size()));
        return some.stream()
                .sorted(Comparator.comparingInt(rule -> places.getOrDefault(rule.id(), places.size())))
                .toList();
    }

    /**
     * Returns the order after a rule has moved.
     *
     * @param shown the rules that are shown, which may not be all, in their order
     * @param to    the place among those that are shown
     */
    RuleOrder moved(String id, List<String> shown, int to) {
        List<String> others = new ArrayList<>(shown);
        others.remove(id);
        List<String> after = new ArrayList<>(rules);
        after.remove(id);
        int place = Math.min(to, others.size());
        after.add(place == 0 ? 0 : after.indexOf(others.get(place - 1)) + 1, id);
        return new RuleOrder(after, version);
    }

    ObjectNode json() {
        ObjectNode json = Answer.JSON.createObjectNode();
        rules.forEach(json.putArray("rules")::add);
        return json;
    }
}
