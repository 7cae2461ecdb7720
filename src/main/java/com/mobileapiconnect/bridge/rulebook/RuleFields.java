package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Expressions;
import com.mobileapiconnect.bridge.rule.PredicateParser;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.When;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads rules from requests. A PUT replaces a rule: omitted fields take their defaults; only secrets are kept. */
@Component
class RuleFields {

    static final int MAX_ACTIONS = 20;
    static final int MAX_NAME = 200;
    private static final int DEFAULT_PRIORITY = 100;
    static final int MAX_PRIORITY = 1_000_000;
    private static final int MIN_PRIORITY = -MAX_PRIORITY;
    private static final String[] RULE = {
        "name",
        "enabled",
        "priority",
        "when",
        "then",
        "continue",
        // given by GET, accepted and ignored
        "id",
        "version",
        "createdAt",
        "updatedAt"
    };

    private final ActionTargets targets;

    RuleFields(ActionTargets targets) {
        this.targets = targets;
    }

    /**
     * @param old      the rule that is replaced, or a blank one that has only its identity
     * @param nameless whether the name is optional
     * @return must not be used if the place's errors received something
     */
    RuleDraft read(RulePlace place, JsonNode json, Rule old, boolean nameless) {
        Fields fields = place.fields(json).allow(RULE);
        boolean unnamed = nameless && fields.raw("name") == null;
        Rule face = new Rule(
                old.id(),
                unnamed ? "" : fields.requiredName("name", MAX_NAME),
                fields.flag("enabled", true),
                fields.integer("priority", MIN_PRIORITY, MAX_PRIORITY, DEFAULT_PRIORITY),
                PredicateParser.parse(fields.raw("when"), "when", fields::wrong, place.expressions())
                        .orElse(When.EVERYTHING),
                List.of(),
                fields.flag("continue", false),
                0,
                old.createdAt(),
                old.updatedAt());
        List<Target> made = new ArrayList<>();
        List<Action> then = then(place, fields, face, old, made);
        Rule rule = new Rule(
                face.id(),
                face.name(),
                face.enabled(),
                face.priority(),
                face.when(),
                then,
                face.continues(),
                0,
                face.createdAt(),
                face.updatedAt());
        return new RuleDraft(place.path(), rule, made);
    }

    /** Returns a place whose connections are the tenant's existing ones. */
    RulePlace place(String tenantId, String path, List<Problem.FieldError> errors) {
        return new RulePlace(tenantId, path, errors, new Expressions(), id -> targets.connectionOf(tenantId, id), null);
    }

    private List<Action> then(RulePlace place, Fields fields, Rule face, Rule old, List<Target> made) {
        JsonNode list = fields.raw("then");
        if (list == null) {
            return List.of();
        }
        if (!list.isArray() || list.size() > MAX_ACTIONS) {
            fields.wrong("then", "must be a list of at most " + MAX_ACTIONS + " actions");
            return List.of();
        }
        Set<String> named = new HashSet<>();
        list.forEach(json -> named.add(ActionKinds.idOf(json)));
        Set<String> taken = new HashSet<>();
        List<Action> then = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode json = list.get(i);
            if (!json.isObject()) {
                fields.wrong("then[" + i + "]", "must be an object such as {\"type\":\"reply\",\"text\":\"…\"}");
                continue;
            }
            Optional<Action> same = same(json, i, old.actions(), named);
            String id = same.map(Action::id).filter(taken::add).orElseGet(() -> Ids.random("act_"));
            Action action = action(place.in("then[" + i + "]."), json, id, face.name(), made::add);
            if (action != null) {
                then.add(action);
            }
        }
        return then;
    }

    /** Returns null for an invalid action, after reporting the problem. */
    private @Nullable Action action(RulePlace place, JsonNode json, String id, String ruleName, Consumer<Target> made) {
        Fields fields = place.fields(json);
        ActionKind<?> kind = ActionKinds.of(json).orElse(null);
        if (kind == null) {
            fields.wrong("type", "must be one of " + ActionKinds.names());
            return null;
        }
        return kind.read(new ActionRequest(place, fields, id, ruleName, targets, made));
    }

    /**
     * Returns the action that this one replaces: the one it names, otherwise the one at the same position if it has the
     * same type. An id of another tenant, in a file from there, names none.
     */
    private static Optional<Action> same(JsonNode json, int i, List<Action> old, Set<String> named) {
        String type = json.path("type").asText();
        String id = ActionKinds.idOf(json);
        Optional<Action> meant =
                old.stream().filter(action -> action.id().equals(id)).findFirst();
        Optional<Action> inPlace =
                i < old.size() && !named.contains(old.get(i).id()) ? Optional.of(old.get(i)) : Optional.empty();
        return meant.or(() -> inPlace).filter(action -> action.type().equals(type));
    }
}
