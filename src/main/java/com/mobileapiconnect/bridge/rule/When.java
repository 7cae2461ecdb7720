package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The condition of a connection or a rule, as it was written and ready to be asked. Immutable and safe for any number
 * of threads; equal when written alike. {@link PredicateParser} makes them.
 */
public final class When {

    /** Matches every message; its JSON is null. */
    public static final When EVERYTHING = new When(new Predicate.All(List.of()), NullNode.getInstance());

    private final Predicate predicate;
    private final JsonNode source;
    private final int length;

    /** The source must not be changed afterwards. */
    When(Predicate predicate, JsonNode source) {
        this.predicate = predicate;
        this.source = source;
        this.length = source.toString().length();
    }

    public boolean test(InboundMessage message) {
        return predicate.test(Subject.of(message));
    }

    /** As {@link #test(InboundMessage)}, for when many conditions are asked about one message. */
    public boolean test(Subject subject) {
        return predicate.test(subject);
    }

    /** The same answer as {@link #test(InboundMessage)}, and how each leaf came to it. */
    public Explained explain(InboundMessage message) {
        return explain(Subject.of(message));
    }

    Explained explain(Subject subject) {
        List<Explained.Leaf> lines = new ArrayList<>();
        boolean matched = predicate.explain(subject, lines);
        return new Explained(matched, lines);
    }

    /** What was parsed, unchanged; the caller may do with it what it likes. */
    public JsonNode toJson() {
        return source.deepCopy();
    }

    /** Of its JSON text, in characters: what it takes, roughly. */
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

    /** The JSON text that parses to an equal condition. */
    @Override
    public String toString() {
        return source.toString();
    }
}
