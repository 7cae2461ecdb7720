package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Rule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule as the API shows it. */
final class RuleView {

    private RuleView() {}

    static Map<String, @Nullable Object> of(Rule rule, Targets targets) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", rule.id());
        view.put("name", rule.name());
        view.put("enabled", rule.enabled());
        view.put("priority", rule.priority());
        view.put("when", rule.when().toJson());
        view.put("then", rule.actions().stream().map(a -> action(a, targets)).toList());
        view.put("continue", rule.continues());
        view.put("version", rule.version());
        view.put("createdAt", rule.createdAt());
        view.put("updatedAt", rule.updatedAt());
        return view;
    }

    /** A webhook says whether it signs and whether a 410 has disabled it. */
    private static ObjectNode action(Action action, Targets targets) {
        ObjectNode json = ActionJson.write(action);
        Target target = targets.find(action.targetId()).orElse(null);
        if (action instanceof Action.Webhook && target != null) {
            json.put("signing", target.signing().current() != null);
            json.put("status", target.status().wireName());
            json.put("statusReason", target.statusReason());
        }
        return json;
    }
}
