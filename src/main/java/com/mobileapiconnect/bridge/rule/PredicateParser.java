package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition from JSON that anybody may have written. Whatever it is, parsing ends soon, throws nothing, and
 * what it accepts is cheap to ask: depth, number, lengths and the size of regular expressions are bounded.
 */
public final class PredicateParser {

    static final int MAX_DEPTH = 16;
    static final int MAX_NODES = 200;

    private static final Set<String> COMBINATORS = Set.of("all", "any", "not");
    private static final String SHAPES =
            "must be one of {\"field\":…,\"op\":…,\"value\":…}, {\"all\":[…]}, {\"any\":[…]} and {\"not\":{…}}";

    private final String root;
    private final Problems problems;
    private final LeafParser leaves;
    private int nodes;

    private PredicateParser(String root, Problems problems) {
        this.root = root;
        this.problems = problems;
        this.leaves = new LeafParser(problems);
    }

    /**
     * Parses a condition; absent or JSON null is {@link When#EVERYTHING}.
     *
     * @param path   how the caller's JSON names this member, for instance {@code when}; field paths begin with it
     * @param errors is told each bad field's path, as in {@code when.all[0].op}, and what to write there
     * @return empty exactly when {@code errors} was told something
     */
    public static Optional<When> parse(@Nullable JsonNode json, String path, BiConsumer<String, String> errors) {
        if (json == null || json.isNull() || json.isMissingNode()) {
            return Optional.of(When.EVERYTHING);
        }
        Problems problems = new Problems(errors);
        // A copy, because the caller's tree may be changed, and leaves keep parts of it.
        JsonNode source = json.deepCopy();
        Predicate predicate = new PredicateParser(path, problems).node(source, path, 1);
        return predicate == null || problems.count() > 0 ? Optional.empty() : Optional.of(new When(predicate, source));
    }

    /** Null when it is bad; that has been said then. */
    private @Nullable Predicate node(JsonNode json, String path, int depth) {
        if (++nodes > MAX_NODES) {
            if (nodes == MAX_NODES + 1) {
                problems.add(root, "must have at most " + MAX_NODES + " predicates, all, any and not included");
            }
            return null;
        }
        if (depth > MAX_DEPTH) {
            problems.add(path, "must not be nested more than " + MAX_DEPTH + " deep");
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
            // An empty list would match everything or nothing, which nobody means who writes one.
            problems.add(path, "must be a list of at least one predicate; leave the whole out to match everything");
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
