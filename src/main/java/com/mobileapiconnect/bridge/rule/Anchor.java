package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.rule.Check.Place;
import com.mobileapiconnect.bridge.rule.Subject.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something simple that a message has whenever a rule matches it, so that the rule needs no look without it.
 *
 * @param place null: the whole view is the operand
 */
record Anchor(View view, @Nullable Place place, String operand) {

    // Candidates are asked in full anyway: longer anchors would tell little more and take memory.
    private static final int LONGEST_PART = 16;
    private static final int MOST = 5_000;

    /** One of these holds whenever the predicate does; null when no such thing is known. */
    static @Nullable List<Anchor> of(Predicate predicate) {
        if (predicate instanceof Predicate.Leaf leaf) {
            return of(leaf.check());
        } else if (predicate instanceof Predicate.All all) {
            return best(all.parts());
        } else if (predicate instanceof Predicate.Any any) {
            return union(any.parts());
        }
        return null; // that something does not hold tells nothing about what does
    }

    private static @Nullable List<Anchor> best(List<Predicate> parts) {
        List<Anchor> best = null;
        for (Predicate part : parts) {
            List<Anchor> anchors = of(part);
            if (anchors != null && (best == null || weight(anchors) < weight(best))) {
                best = anchors;
            }
        }
        return best;
    }

    private static @Nullable List<Anchor> union(List<Predicate> parts) {
        List<Anchor> union = new ArrayList<>();
        for (Predicate part : parts) {
            List<Anchor> anchors = of(part);
            if (anchors == null || union.size() + anchors.size() > MOST) {
                return null;
            }
            union.addAll(anchors);
        }
        return union;
    }

    private static @Nullable List<Anchor> of(Check check) {
        if (check instanceof Check.Same same) {
            return List.of(new Anchor(same.view(), null, same.operand()));
        } else if (check instanceof Check.OneOf oneOf) {
            return oneOf.operands().stream()
                    .map(operand -> new Anchor(oneOf.view(), null, operand))
                    .toList();
        } else if (check instanceof Check.Part part) {
            // The end of a view is looked for anywhere, as there is one automaton for all.
            Place place = part.place() == Place.START ? Place.START : Place.ANYWHERE;
            return List.of(new Anchor(part.view(), place, shorten(part.operand())));
        } else if (check instanceof Check.Find find) {
            return ofRegex(find);
        }
        return null;
    }

    private static @Nullable List<Anchor> ofRegex(Check.Find find) {
        List<String> literals = RegexLiterals.required(find.pattern().pattern());
        boolean text = find.view() == View.TEXT;
        if (literals == null || !(text || literals.stream().allMatch(Anchor::isCaseless))) {
            return null;
        }
        View view = text ? View.TEXT_PLAIN : find.view();
        return literals.stream()
                .map(literal -> new Anchor(view, Place.ANYWHERE, shorten(literal)))
                .toList();
    }

    private static boolean isCaseless(String literal) {
        return literal.chars().noneMatch(Character::isLetter);
    }

    private static String shorten(String operand) {
        return operand.length() > LONGEST_PART ? operand.substring(0, LONGEST_PART) : operand;
    }

    private static int weight(List<Anchor> anchors) {
        return anchors.stream().mapToInt(Anchor::weight).sum();
    }

    /** How often it is found where the rule does not match, roughly. */
    private int weight() {
        if (place == null) {
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
