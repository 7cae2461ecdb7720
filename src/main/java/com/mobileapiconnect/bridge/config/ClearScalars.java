package com.mobileapiconnect.bridge.config;

import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * Writes scalars so that every tool reads the same, by YAML 1.1 or 1.2, whatever it takes {@code 0049}, {@code NO} or
 * {@code 12:30:45} for. A text stands without quotes only where it cannot be anything else: it begins with a letter and
 * is no word that stands for a value.
 */
final class ClearScalars extends StandardRepresenter {

    private static final Pattern CLEAR = Pattern.compile("[\\p{L}/_][\\p{L}\\p{M}\\p{N}_./@+,;=&%(){}<>$|*!?:' -]*");

    private static final Pattern WORD_FOR_A_VALUE =
            Pattern.compile("(?i:y|n|yes|no|on|off|true|false|null|nil|nan|inf|infinity|undefined)");

    /** Characters that no tool takes for a line break, a mark or nothing at all. */
    private static final String VISIBLE = "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]";

    private static final Pattern LINE = Pattern.compile(VISIBLE + "*");

    ClearScalars(DumpSettings settings) {
        super(settings);
        representers.put(String.class, text -> representScalar(Tag.STR, (String) text, style((String) text)));
        representers.put(Double.class, number -> representScalar(Tag.FLOAT, fraction((Double) number)));
    }

    private static ScalarStyle style(String text) {
        if (CLEAR.matcher(text).matches() && !WORD_FOR_A_VALUE.matcher(text).matches()) {
            return ScalarStyle.PLAIN;
        } else if (LINE.matcher(text).matches()) {
            return ScalarStyle.SINGLE_QUOTED;
        }
        return isOfLines(text) ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED;
    }

    /** Returns whether a text has nothing but visible lines, with no space at an end, the first and the last not empty. */
    private static boolean isOfLines(String text) {
        List<String> lines = text.lines().toList();
        return text.indexOf('\r') < 0
                && lines.stream()
                        .allMatch(line ->
                                LINE.matcher(line).matches() && line.strip().equals(line))
                && !lines.get(0).isEmpty()
                && !lines.get(lines.size() - 1).isEmpty();
    }

    /** Writes the sign of an exponent, without which YAML 1.1 reads a text. */
    private static String fraction(double number) {
        String text = Double.toString(number);
        int exponent = text.indexOf('E') + 1;
        return exponent == 0 || text.charAt(exponent) == '-'
                ? text
                : text.substring(0, exponent) + "+" + text.substring(exponent);
    }
}
