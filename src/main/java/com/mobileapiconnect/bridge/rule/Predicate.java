package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on a message: pure, immutable, safe for any number of threads. */
sealed interface Predicate {

    boolean test(Subject subject);

    /** Returns the same as {@link #test}, but evaluates every leaf and adds a line for each in reading order. */
    boolean explain(Subject subject, List<Explained.Leaf> lines);

    /**
     * Returns the groups of the first regular expression that made this predicate true, for {@code {{match.1}}}: see
     * {@link Check.Find#groups}. The list is empty if the predicate is false, or true for another reason; an expression
     * under a {@code not} is no reason.
     */
    List<@Nullable String> groups(Subject subject);

    /** Returns anchors of which every matching message has at least one; null if there are none. */
    @Nullable List<Anchor> anchors();

    /** Adds all checks whose time grows with the text. */
    void looks(Collection<Look> all);

    /** True if all parts are true, hence always true without parts. */
    record All(List<Predicate> parts) implements Predicate {
        @Override
        public boolean test(Subject subject) {
            for (Predicate part : parts) {
                if (!part.test(subject)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean explain(Subject subject, List<Explained.Leaf> lines) {
            boolean result = true;
            for (Predicate part : parts) {
                result &= part.explain(subject, lines);
            }
            return result;
        }

        @Override
        public List<@Nullable String> groups(Subject subject) {
            return test(subject) ? firstGroups(parts, subject) : List.of();
        }

        @Override
        public @Nullable List<Anchor> anchors() {
            return Anchor.best(parts.stream().map(Predicate::anchors).toList());
        }

        @Override
        public void looks(Collection<Look> all) {
            parts.forEach(part -> part.looks(all));
        }
    }

    /** True if at least one part is true. */
    record Any(List<Predicate> parts) implements Predicate {
        @Override
        public boolean test(Subject subject) {
            for (Predicate part : parts) {
                if (part.test(subject)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean explain(Subject subject, List<Explained.Leaf> lines) {
            boolean result = false;
            for (Predicate part : parts) {
                result |= part.explain(subject, lines);
            }
            return result;
        }

        @Override
        public List<@Nullable String> groups(Subject subject) {
            return firstGroups(parts, subject);
        }

        @Override
        public @Nullable List<Anchor> anchors() {
            return Anchor.union(parts.stream().map(Predicate::anchors).toList());
        }

        @Override
        public void looks(Collection<Look> all) {
            parts.forEach(part -> part.looks(all));
        }
    }

    record Not(Predicate part) implements Predicate {
        @Override
        public boolean test(Subject subject) {
            return !part.test(subject);
        }

        @Override
        public boolean explain(Subject subject, List<Explained.Leaf> lines) {
            return !part.explain(subject, lines);
        }

        @Override
        public List<@Nullable String> groups(Subject subject) {
            return List.of();
        }

        @Override
        public @Nullable List<Anchor> anchors() {
            return null; // a condition that does not hold gives no anchor
        }

        @Override
        public void looks(Collection<Look> all) {
            part.looks(all);
        }
    }

    /**
     * A single operator applied to a field.
     *
     * @param value the operand as written; {@code check} holds it normalised
     */
    record Leaf(Field field, Op op, JsonNode value, Check check) implements Predicate {
        @Override
        public boolean test(Subject subject) {
            return check.test(subject);
        }

        @Override
        public boolean explain(Subject subject, List<Explained.Leaf> lines) {
            subject.begin();
            boolean result = check.test(subject);
            lines.add(new Explained.Leaf(
                    field.wireName(), op.wireName(), value, field.of(subject.message()), result, subject.hasLeftOut()));
            return result;
        }

        @Override
        public List<@Nullable String> groups(Subject subject) {
            return check instanceof Check.Find find ? find.groups(subject) : List.of();
        }

        @Override
        public @Nullable List<Anchor> anchors() {
            return check.anchors();
        }

        @Override
        public void looks(Collection<Look> all) {
            if (check instanceof Look look) {
                all.add(look);
            }
        }
    }

    private static List<@Nullable String> firstGroups(List<Predicate> parts, Subject subject) {
        for (Predicate part : parts) {
            List<@Nullable String> groups = part.groups(subject);
            if (!groups.isEmpty()) {
                return groups;
            }
        }
        return List.of();
    }
}
