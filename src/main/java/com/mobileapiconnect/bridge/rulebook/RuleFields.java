package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Expressions;
import com.mobileapiconnect.bridge.rule.PredicateParser;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.When;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
        List<JsonNode> wanted = new ArrayList<>();
        list.forEach(wanted::add);
        Set<String> named = new HashSet<>();
        List<String> ids = ActionIds.of(wanted, old.actions());
        List<Action> then = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            JsonNode json = wanted.get(i);
            if (!json.isObject()) {
                fields.wrong("then[" + i + "]", "must be an object such as {\"type\":\"reply\",\"text\":\"…\"}");
                continue;
            }
            RulePlace here = place.in("then[" + i + "].");
            checkId(here, json, old, named);
            Action action =
                    action(here.withGone(goneFrom(place.tenantId(), old)), json, ids.get(i), face.name(), made::add);
            if (action != null) {
                then.add(action);
            }
        }
        return then;
    }

    /** Returns the connections that the rule names although they are gone: rules of earlier versions may. */
    private List<String> goneFrom(String tenantId, Rule old) {
        return RuleConnections.of(old).stream()
                .filter(id -> targets.connectionOf(tenantId, id) == null)
                .toList();
    }

    /**
     * Reports an id that is there twice, or that names none of the rule's actions. A rule without actions may be a copy
     * of another one, and a file may come from another tenant: their ids mean nothing here.
     */
    private static void checkId(RulePlace place, JsonNode json, Rule old, Set<String> named) {
        String id = ActionKinds.idOf(json);
        if (id.isEmpty()) {
            return;
        }
        if (!named.add(id)) {
            place.fields(json).wrong(ActionKinds.idField(json), "must not be there twice: each action has its own id");
        } else if (place.lacking() == null
                && !old.actions().isEmpty()
                && old.actions().stream().noneMatch(action -> action.id().equals(id))) {
            place.fields(json)
                    .wrong(
                            ActionKinds.idField(json),
                            "must be the id of an action that the rule has; leave it out for a new action");
        }
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
}
