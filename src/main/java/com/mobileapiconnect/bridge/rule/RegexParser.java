package com.mobileapiconnect.bridge.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.mobileapiconnect.bridge.message.Folding;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the regular expressions of a condition within a budget. RE2/J's time is linear in the text but also in the
 * size of the compiled program, and it writes counted repetitions out: 28 characters of nested <code>{1000}</code>
 * would need more memory than there is, and long programs overflow the stack of its matcher.
 */
final class RegexParser {

    static final int MAX_REGEX = 500;
    /**
     * Largest number of instructions in one program, measured to leave the matcher well within a quarter of a megabyte
     * of stack.
     */
    static final int MAX_PROGRAM = 1_000;
    /**
     * Largest number of instructions in all programs of a condition, measured to take a quarter of a second at worst on
     * 10,000 characters.
     */
    static final int MAX_PROGRAMS = 2_000;

    private static final String TOO_LARGE = "must be simpler: use smaller or fewer nested repetitions {n}";

    private final PredicateErrors problems;
    private final Expressions expressions;
    private int budget = MAX_PROGRAMS;

    RegexParser(PredicateErrors problems, Expressions expressions) {
        this.problems = problems;
        this.expressions = expressions;
    }

    @Nullable Check parse(String value, Field field, boolean caseSensitive, String path) {
        String regex = Folding.nfc(value);
        if (regex.isEmpty()) {
            problems.add(path, "must not be empty: an empty value matches every text");
            return null;
        }
        if (RegexHazards.mayExplode(regex)) {
            problems.add(path, TOO_LARGE);
            return null;
        }
        if (RegexHazards.mayFoldForever(regex)) {
            problems.add(
                    path, "must not contain U+1C80 to U+1C88, not even within a range; write \\- for a literal hyphen");
            return null;
        }
        if (!expressions.take(regex)) {
            problems.add(path, "must be simpler: all expressions of this request together take too long to compile");
            return null;
        }
        try {
            Pattern pattern = Pattern.compile(regex, caseSensitive ? 0 : Pattern.CASE_INSENSITIVE);
            int size = pattern.programSize();
            budget -= size;
            if (size > MAX_PROGRAM || budget < 0) {
                problems.add(
                        path,
                        "%s; it costs %,d instructions, and %,d are the most in one expression, %,d in a condition"
                                .formatted(TOO_LARGE, size, MAX_PROGRAM, MAX_PROGRAMS));
                return null;
            }
            // The pattern ignores case itself: on folded text the groups would lose their upper case.
            return new Check.Find(new Subject.Expression(field.view(true), pattern));
        } catch (PatternSyntaxException e) {
            // The library writes the flag for the case into the expression; nobody has typed it.
            String why = String.valueOf(e.getMessage()).replace("`(?i)" + regex + "`", "`" + regex + "`");
            problems.add(path, "must be a regular expression in RE2 syntax: " + why);
            return null;
        } catch (StackOverflowError e) {
            // For a long program compiling recurses deeper than matching will; a small stack may not suffice.
            problems.add(path, TOO_LARGE);
            return null;
        }
    }
}
