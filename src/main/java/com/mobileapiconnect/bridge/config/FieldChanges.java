package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says what changes inside the entries of a file, value by value, up to a number of values of a length. */
final class FieldChanges {

    static final int MOST = 1_000;
    static final int LONGEST = 1_000;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ID = "id";

    private int found;

    /** Returns the number of values that are left out because there are too many. */
    int leftOut() {
        return Math.max(0, found - MOST);
    }

    /** @param given the entry as the file has it, which alone tells that a secret is given */
    List<FieldChange> of(Section.Change change, JsonNode given) {
        List<FieldChange> changes = new ArrayList<>();
        compare("", tree(change.before()), tree(change.after()), given, changes);
        return changes;
    }

    private static JsonNode tree(Object entry) {
        return JSON.valueToTree(entry);
    }

    private void compare(String path, JsonNode before, JsonNode after, JsonNode given, List<FieldChange> changes) {
        if (inside(before, after)) {
            if (before.isObject() || after.isObject()) {
                for (String name : names(before, after)) {
                    compare(
                            path.isEmpty() ? name : path + "." + name,
                            before.path(name),
                            after.path(name),
                            given.path(name),
                            changes);
                }
            } else {
                for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                    compare(path + "[" + i + "]", before.path(i), after.path(i), given.path(i), changes);
                }
            }
        } else if (!value(before).equals(value(after)) || isGivenSecret(after, given)) {
            if (found++ < MOST) {
                changes.add(new FieldChange(path, shown(before), shown(after)));
            }
        }
    }

    /** Returns whether both are of the same kind and have parts; nothing is of every kind. */
    private static boolean inside(JsonNode before, JsonNode after) {
        boolean objects = (before.isObject() || isNothing(before)) && (after.isObject() || isNothing(after));
        boolean lists = (before.isArray() || isNothing(before)) && (after.isArray() || isNothing(after));
        return (objects || lists) && !(isNothing(before) && isNothing(after));
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean isGivenSecret(JsonNode after, JsonNode given) {
        return after.isBoolean() && given.isTextual();
    }

    private static Set<String> names(JsonNode before, JsonNode after) {
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.remove(ID);
        return names;
    }

    private static JsonNode value(JsonNode node) {
        return node instanceof MissingNode ? NullNode.getInstance() : node;
    }

    private static JsonNode shown(JsonNode node) {
        String text = node.isTextual() ? node.textValue() : node.isContainerNode() ? node.toString() : "";
        if (text.length() <= LONGEST) {
            return value(node);
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return TextNode.valueOf(text.substring(0, end) + "…");
    }
}
