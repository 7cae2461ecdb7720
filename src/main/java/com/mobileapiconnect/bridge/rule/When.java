package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a connection or a rule, as written and compiled. Immutable and safe for any number of threads; equal
 * if written alike. {@link PredicateParser} makes conditions.
 */
public final class When {

    /** Matches every message; its JSON is null. */
    public static final When EVERYTHING = new When(new Predicate.All(List.of()), NullNode.getInstance());

    private final Predicate predicate;
    private final JsonNode source;
    private final int length;
    private final long compiling;

    /** Keeps the source, which must not be changed afterwards. */
    When(Predicate predicate, JsonNode source) {
        this.predicate = predicate;
        this.source = source;
        this.length = source.toString().length();
        this.compiling = compiling(predicate);
    }

    public boolean test(InboundMessage message) {
        return predicate.test(Subject.of(message));
    }

    /**
     * Tests the condition like {@link #test(InboundMessage)}, for use with many conditions and one message. A condition
     * that is left out, because the subject's budget is used up, does not hold.
     */
    public boolean test(Subject subject) {
        subject.begin();
        return predicate.test(subject) && !subject.hasLeftOut();
    }

    /** Returns the groups of the regular expression by which it matches; empty if none does. */
    public List<@Nullable String> groups(InboundMessage message) {
        return predicate.groups(Subject.of(message));
    }

    /** Returns the steps that these conditions take at worst for one message; equal parts of them count once. */
    public static long cost(Collection<When> conditions) {
        Set<Look> looks = new HashSet<>();
        conditions.forEach(condition -> condition.predicate.looks(looks));
        return Look.cost(looks);
    }

    /** Returns how long compiling takes, in the unit of {@link Expressions#MOST}. */
    public long compiling() {
        return compiling;
    }

    private static long compiling(Predicate predicate) {
        List<Look> looks = new ArrayList<>();
        predicate.looks(looks);
        long folds = 0;
        for (Look look : looks) {
            folds += look instanceof Check.Find find
                    ? RegexHazards.compiling(find.expression().pattern().pattern())
                    : 0;
        }
        return folds;
    }

    /** Returns the same answer as {@link #test(InboundMessage)}, with the result of each leaf. */
    public Explained explain(InboundMessage message) {
        return explain(Subject.of(message));
    }

    Explained explain(Subject subject) {
        List<Explained.Leaf> lines = new ArrayList<>();
        boolean matched = predicate.explain(subject, lines);
        return new Explained(matched, lines);
    }

    /** Returns a copy of the source, which the caller may change. */
    public JsonNode toJson() {
        return source.deepCopy();
    }

    /** Returns the length of the JSON text in characters, which is roughly what the condition takes in memory. */
    public int length() {
        return length;
    }

    Predicate predicate() {
        return predicate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof When when && source.equals(when.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    /** Returns the JSON text, which parses to an equal condition. */
    @Override
    public String toString() {
        return source.toString();
    }
}
