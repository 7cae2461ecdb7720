package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.rule.Action;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the actions that a request means, and so their ids: those that it names, then, of those that nothing names, the
 * ones with the same content, and at last the ones that were changed. An action's secret and what waits for it go with
 * its id, so an action is never taken for a changed one where it might be another.
 */
final class ActionIds {

    private final List<JsonNode> wanted;
    private final List<Action> old;
    private final String[] ids;
    private final Set<String> taken = new HashSet<>();

    private ActionIds(List<JsonNode> wanted, List<Action> old) {
        this.wanted = wanted;
        this.old = old;
        this.ids = new String[wanted.size()];
    }

    /**
     * Returns the ids of the wanted actions in their order; an action that is none of the old ones gets a new id.
     *
     * @param old the actions that the rule has
     */
    static List<String> of(List<JsonNode> wanted, List<Action> old) {
        ActionIds ids = new ActionIds(wanted, old);
        ids.each((json, i) -> ids.find(json, action -> action.id().equals(ActionKinds.idOf(json))));
        ids.each((json, i) -> ids.find(json, action -> ActionKinds.isSame(action, json)));
        ids.each(ids::changed);
        ids.each((json, i) -> Ids.random("act_"));
        return List.of(ids.ids);
    }

    private interface Step {

        /** Returns the id of the action that is meant; null if this step does not know. */
        @Nullable String id(JsonNode json, int i);
    }

    private void each(Step step) {
        for (int i = 0; i < ids.length; i++) {
            String id = ids[i] == null ? step.id(wanted.get(i), i) : null;
            if (id != null) {
                ids[i] = id;
                taken.add(id);
            }
        }
    }

    private @Nullable String find(JsonNode json, Predicate<Action> so) {
        return old.stream()
                .filter(action -> isFree(action, json) && so.test(action))
                .map(Action::id)
                .findFirst()
                .orElse(null);
    }

    private boolean isFree(Action action, JsonNode json) {
        return !taken.contains(action.id()) && action.type().equals(typeOf(json));
    }

    /**
     * Returns the id of the action at the same place, if its content may have been changed. An action with a receiver of
     * its own must also be the only one of its type that is left, before and after.
     */
    private @Nullable String changed(JsonNode json, int i) {
        List<Action> left = old.stream().filter(action -> isFree(action, json)).toList();
        Action inPlace = i < old.size() && left.contains(old.get(i)) ? old.get(i) : null;
        boolean alone = left.size() == 1 && countLeft(typeOf(json)) == 1;
        if (ActionKinds.hasReceiver(json)) {
            return alone && (inPlace != null || isOnly(typeOf(json)))
                    ? left.get(0).id()
                    : null;
        }
        return inPlace == null ? null : inPlace.id();
    }

    private long countLeft(String type) {
        long left = 0;
        for (int i = 0; i < ids.length; i++) {
            left += ids[i] == null && typeOf(wanted.get(i)).equals(type) ? 1 : 0;
        }
        return left;
    }

    /** Returns whether the rule has one action of the type, before and after. */
    private boolean isOnly(String type) {
        return old.stream().filter(action -> action.type().equals(type)).count() == 1
                && wanted.stream().filter(json -> typeOf(json).equals(type)).count() == 1;
    }

    private static String typeOf(JsonNode json) {
        return json.path("type").asText();
    }
}
