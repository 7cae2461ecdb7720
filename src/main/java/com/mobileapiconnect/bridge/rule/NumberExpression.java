package com.mobileapiconnect.bridge.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises regular expressions that are meant for a number as people write it and so can never be found: numbers are
 * compared by their digits alone. Rather too few than too many, because senders have names too.
 */
final class NumberExpression {

    private static final String TIMES = "[*+?]\\??|\\{\\d+(?:,\\d*)?}\\??";
    private static final String OPEN = "\\((?:\\?(?:P?<\\w+>|[a-zA-Z-]*:|[a-zA-Z-]+(?=\\))))?";
    private static final String CLASS = "\\[\\^?]?(?:\\\\.|\\[:\\w+:]|[^\\]\\\\])*]";
    private static final Pattern PART = Pattern.compile(
            "(?:" + OPEN + "|[|^$]|\\)(?:" + TIMES + ")?" + "|(?<atom>" + CLASS
                    + "|\\\\[pPx]\\{[^}]*}|\\\\.|.)(?<times>" + TIMES + ")?)",
            Pattern.DOTALL);
    private static final Pattern PLUS = Pattern.compile("\\\\\\+|\\[\\\\?\\+]");
    private static final Pattern SEPARATOR =
            Pattern.compile("[ \\-,/\\u00a0]|\\\\[-+ ()./s]|\\[(?:[-+ (),./\\u00a0]|\\\\[-+ ()./s])+]");
    private static final Pattern OPENING = Pattern.compile("\\\\\\(|\\[\\(]");
    private static final Pattern CLOSING = Pattern.compile("\\\\\\)|\\[\\)]");
    private static final Pattern DIGITS = Pattern.compile("[0-9]|\\\\d|\\[(?:[0-9](?:-[0-9])?|\\\\d|\\[:digit:])+]");
    private static final Pattern OPTIONAL = Pattern.compile("[*?].*|\\{0+[,}].*");
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})[,}]");
    // With fewer digits beside it a separator may be part of a name, such as 24-7.
    private static final int DIGITS_OF_A_NUMBER = 3;

    private final String regex;
    private final List<Part> parts = new ArrayList<>();

    /** @param atom null for a bracket, an alternative or an anchor */
    private record Part(int begin, int end, @Nullable String atom, boolean optional) {

        boolean is(Pattern kind) {
            return atom != null && kind.matcher(atom).matches();
        }
    }

    private NumberExpression(String regex) {
        this.regex = regex;
        Matcher found = PART.matcher(regex);
        while (found.lookingAt()) {
            String times = found.group("times");
            parts.add(new Part(
                    found.start(),
                    found.end(),
                    found.group("atom"),
                    times != null && OPTIONAL.matcher(times).matches()));
            found.region(found.end(), regex.length());
        }
    }

    /** Returns the expression without what no number has; null if it has nothing of that kind. */
    static @Nullable String mended(String regex) {
        return new NumberExpression(regex).mended();
    }

    private @Nullable String mended() {
        StringBuilder mended = new StringBuilder();
        boolean digitsOnly =
                parts.stream().allMatch(part -> part.atom() == null || part.is(DIGITS) || part.is(SEPARATOR));
        int kept = 0;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (!part.optional() && (isPlus(i) || (digitsOnly && part.is(SEPARATOR) && isInNumber(i)))) {
                mended.append(regex, kept, part.begin());
                kept = part.end();
            }
        }
        return kept == 0 ? null : mended.append(regex, kept, regex.length()).toString();
    }

    /** Returns whether the part is the plus before a country's code, or one of the ways to write it. */
    private boolean isPlus(int i) {
        if (!parts.get(i).is(PLUS)) {
            return false;
        }
        int next = i + 1;
        while (next < parts.size() && regex.startsWith("(", parts.get(next).begin())) {
            next++;
        }
        return next < parts.size()
                && (parts.get(next).is(DIGITS)
                        || (regex.startsWith("|", parts.get(next).begin()) && !isInOptionalGroup(next)));
    }

    private boolean isInOptionalGroup(int i) {
        return parts.stream()
                .skip(i)
                .map(part -> regex.substring(part.begin(), part.end()))
                .filter(part -> part.startsWith(")"))
                .findFirst()
                .filter(end -> OPTIONAL.matcher(end.substring(1)).matches())
                .isPresent();
    }

    private boolean isInNumber(int i) {
        long before = parts.subList(0, i).stream()
                .filter(part -> part.is(DIGITS))
                .mapToLong(this::least)
                .sum();
        long after = parts.subList(i + 1, parts.size()).stream()
                .filter(part -> part.is(DIGITS))
                .mapToLong(this::least)
                .sum();
        boolean opens = parts.get(i).is(OPENING) && regex.startsWith("^");
        boolean both = (before > 0 || opens) && (after > 0 || parts.get(i).is(CLOSING));
        return both && Math.max(before, after) >= DIGITS_OF_A_NUMBER;
    }

    /** Returns how many digits the part stands for at least. */
    private long least(Part part) {
        Matcher counted = COUNT.matcher(regex.substring(part.begin(), part.end()));
        return part.optional() ? 0 : counted.find() ? Long.parseLong(counted.group(1)) : 1;
    }
}
