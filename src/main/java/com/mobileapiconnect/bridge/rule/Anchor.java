package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.rule.Subject.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A simple property that every message has which a rule matches, so that the rule index can skip all other messages. */
record Anchor(View view, Position position, String operand) {

    // Candidates are evaluated in full anyway: longer anchors would tell little more and take memory.
    private static final int LONGEST_PART = 16;
    private static final int MOST = 5_000;

    /** The position of the operand in the view. */
    enum Position {
        WHOLE,
        START,
        ANYWHERE
    }

    static Anchor whole(View view, String operand) {
        return new Anchor(view, Position.WHOLE, operand);
    }

    static Anchor atStart(View view, String operand) {
        return new Anchor(view, Position.START, shorten(operand));
    }

    static Anchor anywhere(View view, String operand) {
        return new Anchor(view, Position.ANYWHERE, shorten(operand));
    }

    private static String shorten(String operand) {
        return operand.length() > LONGEST_PART ? operand.substring(0, LONGEST_PART) : operand;
    }

    /** Returns the most selective anchors among those of predicates that must all hold; null if none has any. */
    static @Nullable List<Anchor> best(List<@Nullable List<Anchor>> parts) {
        List<Anchor> best = null;
        for (List<Anchor> anchors : parts) {
            if (anchors != null && (best == null || weight(anchors) < weight(best))) {
                best = anchors;
            }
        }
        return best;
    }

    /** Returns the anchors of all predicates of which one must hold; null if one of them has none. */
    static @Nullable List<Anchor> union(List<@Nullable List<Anchor>> parts) {
        List<Anchor> union = new ArrayList<>();
        for (List<Anchor> anchors : parts) {
            if (anchors == null || union.size() + anchors.size() > MOST) {
                return null;
            }
            union.addAll(anchors);
        }
        return union;
    }

    private static int weight(List<Anchor> anchors) {
        return anchors.stream().mapToInt(Anchor::weight).sum();
    }

    /** Estimates how often the anchor is found in messages that the rule does not match. */
    private int weight() {
        if (position == Position.WHOLE) {
            return switch (view) {
                case TO, DEVICE, SIM -> 500; // a tenant has few of these, so most messages have the same
                default -> 1;
            };
        }
        return switch (operand.length()) {
            case 1 -> 400;
            case 2 -> 100;
            case 3 -> 30;
            default -> 10;
        };
    }
}
