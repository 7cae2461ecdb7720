package com.mobileapiconnect.bridge.rule;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.mobileapiconnect.bridge.rule.Subject.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf comes down to once its value is normalised. A field that the message lacks fails every check but
 * {@link Exists}. Operands are open to see, so that an index can file leaves by them.
 */
sealed interface Check {

    boolean test(Subject subject);

    /** The whole view is the operand; {@code keyword} is this on the first word. */
    record Same(View view, String operand) implements Check {
        @Override
        public boolean test(Subject subject) {
            return operand.equals(subject.view(view));
        }
    }

    /** The whole view is one of the operands. */
    record OneOf(View view, Set<String> operands) implements Check {
        @Override
        public boolean test(Subject subject) {
            String actual = subject.view(view);
            return actual != null && operands.contains(actual);
        }
    }

    /** Where in the view the operand has to stand. */
    enum Place {
        START,
        END,
        ANYWHERE
    }

    /** The operand is a part of the view. */
    record Part(View view, Place place, String operand) implements Check {
        @Override
        public boolean test(Subject subject) {
            String actual = subject.view(view);
            if (actual == null) {
                return false;
            }
            return switch (place) {
                case START -> actual.startsWith(operand);
                case END -> actual.endsWith(operand);
                case ANYWHERE -> actual.contains(operand);
            };
        }
    }

    /** The pattern is found in the view. The pattern itself disregards case, so that groups keep their spelling. */
    record Find(View view, Pattern pattern) implements Check {
        @Override
        public boolean test(Subject subject) {
            String actual = subject.view(view);
            return actual != null && pattern.matcher(actual).find();
        }

        /** The whole match and its groups; a group that took no part is null. Empty when nothing is found. */
        List<@Nullable String> groups(Subject subject) {
            String actual = subject.view(view);
            List<@Nullable String> groups = new ArrayList<>();
            if (actual != null) {
                Matcher matcher = pattern.matcher(actual);
                if (matcher.find()) {
                    for (int i = 0; i <= matcher.groupCount(); i++) {
                        groups.add(matcher.group(i));
                    }
                }
            }
            return groups;
        }
    }

    /** The message has the field, or is expected to lack it. */
    record Exists(Field field, boolean expected) implements Check {
        @Override
        public boolean test(Subject subject) {
            return subject.has(field) == expected;
        }
    }

    /** The message was received within the window. */
    record Within(Window window) implements Check {
        @Override
        public boolean test(Subject subject) {
            return window.contains(subject.receivedAt());
        }
    }
}
