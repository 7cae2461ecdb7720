package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on a message: pure, immutable, safe for any number of threads. */
sealed interface Predicate {

    boolean test(Subject subject);

    /** As {@link #test}, but asks every leaf, and adds a line for each in reading order. */
    boolean explain(Subject subject, List<Explained.Leaf> lines);

    /**
     * What the first regex that made this predicate true has found, for {@code {{match.1}}}: see
     * {@link Check.Find#groups}. Empty when the predicate is false, or true for another reason; what stands under a
     * {@code not} is no reason.
     */
    List<@Nullable String> groups(Subject subject);

    /** True when each of its parts is; so without parts it is always true. */
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
    }

    /** True when one of its parts is. */
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
    }

    /**
     * One question about one field.
     *
     * @param value as it was written; {@code check} is what it means
     */
    record Leaf(Field field, Op op, JsonNode value, Check check) implements Predicate {
        @Override
        public boolean test(Subject subject) {
            return check.test(subject);
        }

        @Override
        public boolean explain(Subject subject, List<Explained.Leaf> lines) {
            boolean result = check.test(subject);
            lines.add(new Explained.Leaf(field.wireName(), op.wireName(), value, subject.actual(field), result));
            return result;
        }

        @Override
        public List<@Nullable String> groups(Subject subject) {
            return check instanceof Check.Find find ? find.groups(subject) : List.of();
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
