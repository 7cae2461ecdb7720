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
            if ((c >= FIRST_ENDLESS && c <= LAST_ENDLESS)
                    || (classes && afterDash && beforeLast <= LAST_ENDLESS && c >= FIRST_ENDLESS)) {
                return true;
            }
            afterDash = c == '-' && !escaped;
            beforeLast = last;
            last = c;
        }
        return false;
    }
}
