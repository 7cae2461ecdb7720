package com.mobileapiconnect.bridge.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Determines literals that a text must contain for a regular expression to be found in it, from the expression itself.
 * Only characters that have a single spelling in the composed text count: ASCII, given in lower case, and characters of
 * scripts without case. For an expression that is not understood nothing is claimed.
 */
final class RegexLiterals {

    private static final int MOST = 200;
    private static final String META = "|()[]\\.^$*+?{";

    private final String regex;
    private int at;
    private boolean lost;

    private RegexLiterals(String regex) {
        this.regex = regex;
    }

    /** Returns literals of which every matching text contains at least one; null if none are known. */
    static @Nullable List<String> required(String regex) {
        RegexLiterals reader = new RegexLiterals(regex);
        List<String> required = reader.alternatives();
        return reader.lost || reader.at < regex.length() ? null : required;
    }

    private @Nullable List<String> alternatives() {
        List<String> union = new ArrayList<>();
        boolean known = true;
        do {
            List<String> required = sequence();
            if (required == null || union.size() + required.size() > MOST) {
                known = false;
            } else {
                union.addAll(required);
            }
        } while (!lost && take('|'));
        return known ? union : null;
    }

    private @Nullable List<String> sequence() {
        List<String> best = null;
        StringBuilder run = new StringBuilder();
        while (!lost && at < regex.length() && "|)".indexOf(peek()) < 0) {
            int begin = at;
            char c = peek();
            if (c == '(') {
                best = better(best, run);
                List<String> group = group();
                best = quantifier() > 0 ? better(best, group) : best;
                continue;
            }
            char literal = atom(c);
            if (at == begin) {
                lost = true;
            } else if (literal == 0) {
                best = better(best, run);
                quantifier();
            } else if (at == regex.length() || "*+?{".indexOf(peek()) < 0) {
                run.append(literal);
            } else if (quantifier() > 0) {
                best = better(best, run.append(literal));
            } else {
                best = better(best, run);
            }
        }
        return better(best, run);
    }

    /** Returns the character that the atom stands for, in lower case; 0 if it may stand for several. */
    private char atom(char c) {
        if (c == '[') {
            skipClass();
            return 0;
        } else if (c == '\\') {
            return escape();
        } else if (META.indexOf(c) >= 0 && c != '{') {
            at += c == '.' || c == '^' || c == '$' ? 1 : 0; // a quantifier without an atom is not understood
            return 0;
        }
        int codePoint = regex.codePointAt(at);
        at += Character.charCount(codePoint);
        return spelledOneWay(codePoint);
    }

    private static char spelledOneWay(int c) {
        if (c < 0x80) {
            return (char) Character.toLowerCase(c);
        }
        // The capital of ß is ẞ, which it does not name itself.
        boolean caseless = Character.toLowerCase(c) == c && Character.toUpperCase(c) == c && c != 'ß';
        return caseless && Character.isBmpCodePoint(c) && !Character.isSurrogate((char) c) ? (char) c : 0;
    }

    private char escape() {
        if (at + 1 >= regex.length()) {
            lost = true;
            return 0;
        }
        char c = regex.charAt(at + 1);
        at += 2;
        if (c < 0x80 && !Character.isLetterOrDigit(c)) {
            return c;
        }
        if (c == 'p' || c == 'P' || c == 'x') {
            int close = at < regex.length() && peek() == '{' ? regex.indexOf('}', at) : -2;
            at = close >= 0 ? close + 1 : at + (c == 'x' ? 2 : 1);
            lost |= close == -1 || at > regex.length();
        } else if ("dDsSwWbBAzCafnrtv".indexOf(c) < 0) {
            lost = true; // quotations, octal numbers and other rare escapes
        }
        return 0;
    }

    private void skipClass() {
        int i = at + 1;
        i += i < regex.length() && regex.charAt(i) == '^' ? 1 : 0;
        i += i < regex.length() && regex.charAt(i) == ']' ? 1 : 0;
        while (i < regex.length() && regex.charAt(i) != ']') {
            if (regex.startsWith("[:", i)) {
                int close = regex.indexOf(":]", i + 2);
                i = close < 0 ? i + 1 : close + 2;
            } else {
                i += regex.charAt(i) == '\\' ? 2 : 1;
            }
        }
        lost |= i >= regex.length();
        at = i + 1;
    }

    private @Nullable List<String> group() {
        at++;
        if (at < regex.length() && peek() == '?') {
            int end = at + 1;
            while (end < regex.length() && ":)>".indexOf(regex.charAt(end)) < 0) {
                end++;
            }
            if (end == regex.length()) {
                lost = true;
                return null;
            }
            at = end + 1;
            if (regex.charAt(end) == ')') {
                return null; // flags only; whether case counts does not matter here
            }
        }
        List<String> required = alternatives();
        lost |= !take(')');
        return required;
    }

    /** Reads the quantifiers after an atom and returns the least number of repetitions; 1 if there is none. */
    private int quantifier() {
        int least = 1;
        boolean any = false;
        while (at < regex.length() && "*+?{".indexOf(peek()) >= 0) {
            if (peek() == '{') {
                int close = regex.indexOf('}', at);
                if (close < 0 || !regex.substring(at + 1, close).matches("[0-9]+(,[0-9]*)?")) {
                    break; // a literal brace, which is an atom itself
                }
                least = regex.substring(at + 1, close).matches("0+(,.*)?") ? 0 : least;
                at = close + 1;
            } else {
                // A second ? says that the first quantifier is lazy, but zero is safe too.
                least = !any && peek() == '+' ? 1 : 0;
                at++;
            }
            any = true;
        }
        return least;
    }

    /** Ends the current run and returns the better of it and the best so far. */
    private static @Nullable List<String> better(@Nullable List<String> best, StringBuilder run) {
        String literal = run.toString();
        run.setLength(0);
        return literal.isEmpty() ? best : better(best, List.of(literal));
    }

    private static @Nullable List<String> better(@Nullable List<String> best, @Nullable List<String> other) {
        if (best == null || other == null) {
            return best == null ? other : best;
        }
        int mine = shortest(best);
        int its = shortest(other);
        return its > mine || (its == mine && other.size() < best.size()) ? other : best;
    }

    private static int shortest(List<String> literals) {
        return literals.stream().mapToInt(String::length).min().orElse(0);
    }

    private char peek() {
        return regex.charAt(at);
    }

    private boolean take(char c) {
        if (at < regex.length() && peek() == c) {
            at++;
            return true;
        }
        return false;
    }
}
