package com.mobileapiconnect.bridge.rule;

import com.google.re2j.Matcher;
import com.mobileapiconnect.bridge.message.Trimmed;
import com.mobileapiconnect.bridge.rule.Subject.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The test of a leaf, with its value normalised. A field that the message lacks fails every check but {@link Exists}.
 */
sealed interface Check {

    boolean test(Subject subject);

    /**
     * Returns anchors of which every message that passes this check has at least one, so that the rule index can skip
     * the rule for all other messages; null if there are none, and the check has to be made for every message.
     */
    @Nullable List<Anchor> anchors();

    /** Passes if the whole view equals the operand; {@code keyword} is this check on the first word. */
    record Same(View view, String operand) implements Check {
        @Override
        public boolean test(Subject subject) {
            return operand.equals(subject.view(view));
        }

        @Override
        public List<Anchor> anchors() {
            return List.of(Anchor.whole(view, operand));
        }
    }

    /** Passes if the whole view equals one of the operands. */
    record OneOf(View view, Set<String> operands) implements Check {
        @Override
        public boolean test(Subject subject) {
            String actual = subject.view(view);
            return actual != null && operands.contains(actual);
        }

        @Override
        public List<Anchor> anchors() {
            return operands.stream().map(operand -> Anchor.whole(view, operand)).toList();
        }
    }

    /**
     * Passes if the view's number is one of the operands, in whatever spelling.
     *
     * @param international the operands that were written as international numbers: they are no national ones of a region
     * @param written       all others
     */
    record OneNumber(View view, Set<String> international, Set<String> written) implements Check {
        @Override
        public boolean test(Subject subject) {
            String actual = subject.view(view);
            if (actual == null) {
                return false;
            }
            if (international.contains(actual) || written.contains(actual)) {
                return true;
            }
            return !written.isEmpty() && subject.forms(view).stream().anyMatch(written::contains);
        }

        @Override
        public List<Anchor> anchors() {
            return Stream.concat(international.stream(), written.stream())
                    .distinct()
                    .map(operand -> Anchor.whole(view, operand))
                    .toList();
        }
    }

    /** The edge of the view at which an operand has to stand. */
    enum Place {
        START,
        END
    }

    /** Passes if the view begins or ends with the operand. */
    record Edge(View view, Place place, String operand) implements Check {
        @Override
        public boolean test(Subject subject) {
            String actual = subject.view(view);
            if (actual == null) {
                return false;
            }
            return isAtEdgeOf(actual) || isAtEdgeOfForm(subject);
        }

        private boolean isAtEdgeOf(String text) {
            return place == Place.START ? text.startsWith(operand) : text.endsWith(operand);
        }

        // With a region a number is also looked at as it was written, and for an operand with a 0 as it is dialled.
        private boolean isAtEdgeOfForm(Subject subject) {
            String written = subject.written(view);
            return (written != null && isAtEdgeOf(written))
                    || (operand.charAt(0) == '0' && subject.forms(view).stream().anyMatch(this::isAtEdgeOf));
        }

        @Override
        public List<Anchor> anchors() {
            // The index looks for the end of a view anywhere, because it has one automaton for all parts.
            return List.of(place == Place.START ? Anchor.atStart(view, operand) : Anchor.anywhere(view, operand));
        }
    }

    /**
     * Passes if the text, without what is not seen at that edge, begins or ends with the operand. The other end of the
     * operand counts: {@code "PAY "} does not begin {@code PAYMENT}.
     *
     * @param operand begins, or ends, with a character that is seen
     */
    record SeenEdge(boolean caseSensitive, Place place, String operand) implements Check {
        @Override
        public boolean test(Subject subject) {
            String text = subject.text(Field.TEXT.view(caseSensitive));
            return place == Place.START
                    ? text.startsWith(operand, Trimmed.start(text))
                    : text.startsWith(operand, Trimmed.end(text) - operand.length());
        }

        @Override
        public List<Anchor> anchors() {
            return List.of(
                    place == Place.START
                            ? Anchor.atStart(Field.TEXT.trimmedView(caseSensitive), Trimmed.atEnd(operand))
                            : Anchor.anywhere(Field.TEXT.view(caseSensitive), operand));
        }
    }

    /** Passes if the operand is a part of the view. */
    record Anywhere(View view, String operand) implements Check, Look {

        // Measured: a search that fails late at every position goes through 50 characters of the operand in a step.
        private static final int PER_STEP = 50;

        @Override
        public long steps(int length) {
            return (long) length * (PER_STEP / 2 + operand.length()) / PER_STEP;
        }

        @Override
        public boolean test(Subject subject) {
            String actual = subject.view(view);
            if (actual == null || !subject.affords(steps(subject.counted(actual)))) {
                return false;
            }
            String written = subject.written(view);
            return actual.contains(operand) || (written != null && written.contains(operand));
        }

        @Override
        public List<Anchor> anchors() {
            return List.of(Anchor.anywhere(view, operand));
        }
    }

    /** Passes if the pattern is found in the view. The pattern itself ignores case, so that groups keep their spelling. */
    record Find(Subject.Expression expression) implements Check, Look {

        @Override
        public View view() {
            return expression.view();
        }

        @Override
        public long steps(int length) {
            return expression.steps(length);
        }

        @Override
        public boolean test(Subject subject) {
            return subject.find(expression) != null;
        }

        @Override
        public @Nullable List<Anchor> anchors() {
            List<String> literals = RegexLiterals.required(expression.pattern().pattern());
            boolean text = view() == View.TEXT;
            if (literals == null || !(text || literals.stream().allMatch(Find::isCaseless))) {
                return null;
            }
            View plain = text ? View.TEXT_PLAIN : view();
            return literals.stream()
                    .map(literal -> Anchor.anywhere(plain, literal))
                    .toList();
        }

        private static boolean isCaseless(String literal) {
            return literal.chars().noneMatch(Character::isLetter);
        }

        /**
         * Returns the whole match and its groups, null for a group that took no part in the match; an empty list if
         * nothing is found.
         */
        List<@Nullable String> groups(Subject subject) {
            Matcher found = subject.find(expression);
            List<@Nullable String> groups = new ArrayList<>();
            for (int i = 0; found != null && i <= found.groupCount(); i++) {
                groups.add(found.group(i));
            }
            return groups;
        }
    }

    /** Passes if the message has the field, or lacks it, as expected. */
    record Exists(Field field, boolean expected) implements Check {
        @Override
        public boolean test(Subject subject) {
            return field.isIn(subject.message()) == expected;
        }

        @Override
        public @Nullable List<Anchor> anchors() {
            return null;
        }
    }

    /** Passes if the message was received within the window. */
    record Within(Window window) implements Check {
        @Override
        public boolean test(Subject subject) {
            return window.contains(subject.receivedAt());
        }

        @Override
        public @Nullable List<Anchor> anchors() {
            return null;
        }
    }
}
