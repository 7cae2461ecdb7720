package com.mobileapiconnect.bridge.rule;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises, without parsing, patterns that RE2/J 1.8 must not be given; rather too many than too few. */
final class RegexHazards {

    private static final double MAX_ESTIMATE = 20_000;
    /** A counted repetition. Group 1 is present if it repeats a group, or stands after an empty quotation. */
    private static final Pattern REPETITION = Pattern.compile("(\\)|\\\\E)?\\{(\\d+)(?:,(\\d*))?}");

    /**
     * The first of the Cyrillic letters whose lower and upper case form cycles that RE2/J never leaves
     * (google/re2j#168).
     */
    private static final int FIRST_ENDLESS = 0x1c80;

    private static final int LAST_ENDLESS = 0x1c88;

    private static final Pattern HEX = Pattern.compile("\\\\x(?:\\{([0-9A-Fa-f]{1,6})}|([0-9A-Fa-f]{2}))");

    private static final Pattern PROPERTY = Pattern.compile("\\\\[pP]");
    private static final int LAST_FOLDED = 0x1e943;
    private static final int PER_CHARACTER = 30;
    private static final int PER_PROPERTY = 3_000;

    private RegexHazards() {}

    /**
     * Returns whether compiling the pattern could take more memory than there is. RE2/J writes repetitions out before
     * it can tell how long the program is; nested ones multiply. Only groups can contain other repetitions, so in the
     * worst case all repeated groups contain each other, and the innermost contains everything else.
     */
    static boolean mayExplode(String regex) {
        double leaves = regex.length();
        double groups = 1;
        Matcher repetition = REPETITION.matcher(regex);
        while (repetition.find()) {
            double times = times(repetition);
            if (repetition.group(1) == null) {
                leaves += times;
            } else {
                groups *= Math.max(1, times);
            }
        }
        return leaves * groups > MAX_ESTIMATE;
    }

    private static double times(MatchResult repetition) {
        String max = repetition.group(3);
        return Double.parseDouble(max == null || max.isEmpty() ? repetition.group(2) : max);
    }

    /**
     * Returns whether ignoring case might never end: an endless letter occurs in the pattern, or in a possible range.
     */
    static boolean mayFoldForever(String regex) {
        boolean[] endless = {false};
        ranges(regex, (low, high) -> endless[0] |= low <= LAST_ENDLESS && high >= FIRST_ENDLESS);
        return endless[0];
    }

    /**
     * Estimates the time of compiling the pattern, in folds of a letter: ignoring case, RE2/J goes through every letter
     * of a range.
     */
    static long compiling(String regex) {
        long[] folds = {(long) PER_CHARACTER * regex.length()};
        ranges(regex, (low, high) -> folds[0] += Math.max(0, Math.min(high, LAST_FOLDED) - low));
        Matcher property = PROPERTY.matcher(regex);
        while (property.find()) {
            folds[0] += PER_PROPERTY;
        }
        return folds[0];
    }

    private interface Range {
        void of(int low, int high);
    }

    /** Tells of every character, as a range of its own, and of whatever may be a range. */
    private static void ranges(String regex, Range seen) {
        boolean classes = regex.indexOf('[') >= 0;
        Matcher hex = HEX.matcher(regex);
        int beforeLast = 0;
        int last = 0;
        boolean afterDash = false;
        for (int i = 0; i < regex.length(); ) {
            int c = regex.codePointAt(i);
            boolean escaped = c == '\\';
            if (escaped && hex.region(i, regex.length()).lookingAt()) {
                c = Integer.parseInt(hex.group(1) == null ? hex.group(2) : hex.group(1), 16);
                i = hex.end();
            } else if (escaped && i + 1 < regex.length()) {
                // Most escapes of ASCII mean something else, but nothing near the endless letters.
                c = regex.codePointAt(i + 1);
                i += 1 + Character.charCount(c);
            } else {
                i += Character.charCount(c);
            }
            seen.of(c, c);
            if (classes && afterDash) {
                seen.of(beforeLast, c);
            }
            afterDash = c == '-' && !escaped;
            beforeLast = last;
            last = c;
        }
    }
}
