package com.mobileapiconnect.bridge.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the regular expressions of one condition within a budget. RE2/J answers in time linear in the text, but
 * also in the size of the compiled program, and it writes counted repetitions out: 28 characters of nested
 * <code>{1000}</code> would need more memory than there is, and long programs overflow the stack of its matcher.
 */
final class RegexParser {

    static final int MAX_REGEX = 500;
    /** Instructions of one program: measured to leave the matcher well within a quarter megabyte of stack. */
    static final int MAX_PROGRAM = 1_000;
    /** Of all programs of one condition: measured to take a quarter of a second at worst, on 10,000 characters. */
    static final int MAX_PROGRAMS = 2_000;

    private static final String TOO_LARGE = "must be simpler: repeat less often than {n} says, or nest fewer of them";

    private final Problems problems;
    private int budget = MAX_PROGRAMS;

    RegexParser(Problems problems) {
        this.problems = problems;
    }

    @Nullable Check parse(String value, Field field, boolean caseSensitive, String path) {
        String regex = Folding.nfc(value);
        if (regex.isEmpty()) {
            problems.add(path, "must not be empty, as that is found in every text");
            return null;
        }
        if (RegexHazards.mayExplode(regex)) {
            problems.add(path, TOO_LARGE);
            return null;
        }
        if (RegexHazards.mayFoldForever(regex)) {
            problems.add(path, "must not have U+1C80 to U+1C88, also not within a range; write \\- for a mere hyphen");
            return null;
        }
        try {
            Pattern pattern = Pattern.compile(regex, caseSensitive ? 0 : Pattern.CASE_INSENSITIVE);
            budget -= pattern.programSize();
            if (pattern.programSize() > MAX_PROGRAM || budget < 0) {
                problems.add(path, TOO_LARGE);
                return null;
            }
            // The pattern disregards case by itself: on folded text, upper-case groups would be lost.
            return new Check.Find(field.view(true), pattern);
        } catch (PatternSyntaxException e) {
            problems.add(path, "must be a regular expression in RE2 syntax: " + e.getMessage());
            return null;
        } catch (StackOverflowError e) {
            // Compiling recurses deeper than matching will, where the program is long; a small stack may not do.
            problems.add(path, TOO_LARGE);
            return null;
        }
    }
}
