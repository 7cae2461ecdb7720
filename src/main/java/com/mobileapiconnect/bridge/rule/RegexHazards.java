package com.mobileapiconnect.bridge.rule;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The patterns that RE2/J 1.8 must not be given, recognised without parsing: sooner too many than too few. */
final class RegexHazards {

    private static final double MAX_ESTIMATE = 20_000;
    /** Of a group, or of what stands before an empty quotation, when group 1 is there. */
    private static final Pattern REPETITION = Pattern.compile("(\\)|\\\\E)?\\{(\\d+)(?:,(\\d*))?}");

    /** Lower and upper case of these Cyrillic letters go in circles that RE2/J does not leave (google/re2j#168). */
    private static final int FIRST_ENDLESS = 0x1c80;

    private static final int LAST_ENDLESS = 0x1c88;

    private static final Pattern HEX = Pattern.compile("\\\\x(?:\\{([0-9A-Fa-f]{1,6})}|([0-9A-Fa-f]{2}))");

    private RegexHazards() {}

    /**
     * Whether it could take more memory than there is. RE2/J writes repetitions out before it can be asked how long
     * the program is, nested ones as often as they multiply to. Only groups can hold other repetitions, so at worst
     * all repeated groups contain each other, and the innermost everything else.
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

    /** Whether disregarding case might never end: an endless letter stands in it, or in what may be a range. */
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
                // Most escapes of ASCII mean something else, but nothing in the endless letters' neighbourhood.
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
