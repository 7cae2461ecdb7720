package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses a condition from JSON that anybody may have written. For any input parsing ends soon and throws nothing. An
 * accepted condition is cheap to evaluate: depth, number of predicates, lengths and the size of regular expressions are
 * bounded.
 */
public final class PredicateParser {

    static final int MAX_DEPTH = 16;
    static final int MAX_NODES = 200;

    private static final Set<String> COMBINATORS = Set.of("all", "any", "not");
    private static final String SHAPES =
            "must be one of {\"field\":…,\"op\":…,\"value\":…}, {\"all\":[…]}, {\"any\":[…]} and {\"not\":{…}}";

    private final String root;
    private final PredicateErrors problems;
    private final LeafParser leaves;
    private int nodes;

    private PredicateParser(String root, PredicateErrors problems, LeafParser leaves) {
        this.root = root;
        this.problems = problems;
        this.leaves = leaves;
    }

    /** Parses a condition that stands alone. */
    public static Optional<When> parse(@Nullable JsonNode json, String path, BiConsumer<String, String> errors) {
        return parse(json, path, errors, new Expressions());
    }

    /** Parses a condition that was accepted when it was set, perhaps by an earlier version, which refused less. */
    public static Optional<When> parseStored(@Nullable JsonNode json, String path, BiConsumer<String, String> errors) {
        return parse(json, path, errors, new Expressions(), false);
    }

    /**
     * Parses a condition; absent or JSON null is {@link When#EVERYTHING}.
     *
     * @param path   name of this member in the caller's JSON, such as {@code when}; paths of fields begin with it
     * @param errors receives the path of each invalid field, such as {@code when.all[0].op}, and how to correct it
     * @param expressions all that the request has
     * @return empty if and only if {@code errors} received something
     */
    public static Optional<When> parse(
            @Nullable JsonNode json, String path, BiConsumer<String, String> errors, Expressions expressions) {
        return parse(json, path, errors, expressions, true);
    }

    private static Optional<When> parse(
            @Nullable JsonNode json,
            String path,
            BiConsumer<String, String> errors,
            Expressions expressions,
            boolean isNew) {
        if (json == null || json.isNull() || json.isMissingNode()) {
            return Optional.of(When.EVERYTHING);
        }
        PredicateErrors problems = new PredicateErrors(errors);
        // A copy, because the caller may change the tree, and leaves keep parts of it.
        JsonNode source = json.deepCopy();
        LeafParser leaves = new LeafParser(problems, expressions, isNew);
        Predicate predicate = new PredicateParser(path, problems, leaves).node(source, path, 1);
        return predicate == null || problems.count() > 0 ? Optional.empty() : Optional.of(new When(predicate, source));
    }

    /** Returns null for an invalid node, after reporting the problem. */
    private @Nullable Predicate node(JsonNode json, String path, int depth) {
        if (++nodes > MAX_NODES) {
            if (nodes == MAX_NODES + 1) {
                problems.add(root, "must have at most " + MAX_NODES + " predicates, counting all, any and not");
            }
            return null;
        }
        if (depth > MAX_DEPTH) {
            problems.add(path, "must not be nested more than " + MAX_DEPTH + " levels deep");
            return null;
        }
        if (json.has("field") || json.has("op")) {
            return leaves.parse(json, path);
        }
        List<String> combinators = COMBINATORS.stream().filter(json::has).toList();
        if (combinators.size() != 1) {
            problems.add(path, SHAPES);
            return null;
        }
        String name = combinators.get(0);
        json.fieldNames().forEachRemaining(other -> {
            if (!other.equals(name)) {
                problems.unknown(path, other, name);
            }
        });
        JsonNode value = json.path(name);
        String inner = path + "." + name;
        if (name.equals("not")) {
            Predicate part = node(value, inner, depth + 1);
            return part == null ? null : new Predicate.Not(part);
        }
        List<Predicate> parts = parts(value, inner, depth);
        return name.equals("all") ? new Predicate.All(parts) : new Predicate.Any(parts);
    }

    private List<Predicate> parts(JsonNode list, String path, int depth) {
        List<Predicate> parts = new ArrayList<>();
        if (!list.isArray() || list.isEmpty()) {
            // An empty list would match everything or nothing, which its author hardly means.
            problems.add(path, "must be a list of at least one predicate; omit the condition to match everything");
            return parts;
        }
        for (int i = 0; i < list.size() && nodes <= MAX_NODES; i++) {
            Predicate part = node(list.path(i), path + "[" + i + "]", depth + 1);
            if (part != null) {
                parts.add(part);
            }
        }
        return List.copyOf(parts);
    }
}
