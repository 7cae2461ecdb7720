package com.mobileapiconnect.bridge.message;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The one idea of a phone number: which spellings of senders and recipients are the same. The spelling itself is always
 * kept, sent and shown. National spellings are compared as they stand; with a {@link Region} more is the same.
 */
public final class PhoneNumber {

    private static final int SHOWN = 2;
    private static final int END = 4;
    private static final int LONGEST_SCHEME = 6;
    private static final int FEWEST_AFTER_00 = 8;
    // In Delhi, Sapporo, Turin, Buenos Aires and elsewhere 011 begins a national number; those are shorter.
    private static final int FEWEST_AFTER_011 = 10;
    private static final int SHORTEST_TAIL = 9;
    private static final int SHORTEST_TAIL_AFTER_0 = 6;
    private static final int CERTAINLY_INTERNATIONAL = 12;
    // What people put between digits, apart from white space, brackets and dashes of every kind.
    private static final String BETWEEN =
            "+./~\u00b7\u2043\u2044\u2053\u2212\u2215\u223c\u30fb\u30fc\ufe62\uff0b\uff0e\uff0f\uff5e";

    private PhoneNumber() {}

    /** Returns what a log may show of a number or name that is to be forgotten: its end. */
    public static String hidden(String key) {
        return "…" + key.substring(Math.max(0, key.length() - SHOWN));
    }

    /**
     * Returns the common form of {@code +91 98765-43210}, {@code 0091 (98765) 43210} and {@code 919876543210}: the
     * digits of a number without what stands for the plus, or the lower-cased name of an alphanumeric sender.
     */
    public static String key(String spelling) {
        int length = spelling.length();
        int first = length > 0 && spelling.charAt(0) == '+' ? 1 : 0;
        for (int i = first; i < length; i++) {
            char c = spelling.charAt(i);
            if (c < '0' || c > '9') {
                return written(spelling);
            }
        }
        if (first == length) {
            return name(spelling);
        }
        return withoutPrefix(first == 0 ? spelling : spelling.substring(1));
    }

    private static String written(String spelling) {
        int start = start(spelling);
        StringBuilder digits = new StringBuilder(spelling.length());
        for (int i = start; i < spelling.length(); ) {
            int c = spelling.codePointAt(i);
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                digits.append((char) ('0' + digit));
            } else if (start > 0 && (c == ';' || c == '?')) {
                break; // parameters of a URI
            } else if (!mayStandBetween(c)) {
                return name(spelling);
            }
            i += Character.charCount(c);
        }
        return digits.isEmpty() ? name(spelling) : withoutPrefix(digits.toString());
    }

    /** Returns where the number begins: behind {@code tel:} or {@code sms:}, else 0. */
    private static int start(String spelling) {
        int i = 0;
        while (i < spelling.length() && isBlank(spelling.codePointAt(i))) {
            i += Character.charCount(spelling.codePointAt(i));
        }
        int colon = spelling.indexOf(':', i);
        if (colon < 0 || colon - i >= LONGEST_SCHEME) {
            return 0;
        }
        return Set.of("tel", "sms", "smsto")
                        .contains(spelling.substring(i, colon).toLowerCase(Locale.ROOT))
                ? colon + 1
                : 0;
    }

    /** Returns whether a character between two digits leaves them one number. */
    public static boolean mayStandBetween(int c) {
        return BETWEEN.indexOf(c) >= 0
                || isBlank(c)
                || switch (Character.getType(c)) {
                    case Character.DASH_PUNCTUATION, Character.START_PUNCTUATION, Character.END_PUNCTUATION -> true;
                    default -> false;
                };
    }

    private static boolean isBlank(int c) {
        return Unseen.isSpace(c) || Unseen.is(c);
    }

    /** Drops the 00 or 011 that is dialled for the plus, if what follows may be an international number. */
    private static String withoutPrefix(String digits) {
        if (digits.charAt(0) == '0') {
            if (digits.startsWith("00") && CallingCodes.areNumber(digits.substring(2), FEWEST_AFTER_00)) {
                return digits.substring(2);
            } else if (digits.startsWith("011") && CallingCodes.areNumber(digits.substring(3), FEWEST_AFTER_011)) {
                return digits.substring(3);
            }
        }
        return digits;
    }

    private static String name(String spelling) {
        int end = spelling.length();
        int start = 0;
        boolean unseen = false;
        for (int i = 0; i < end; ) {
            int c = spelling.codePointAt(i);
            unseen |= Unseen.is(c);
            i += Character.charCount(c);
        }
        String seen = unseen ? seen(spelling) : spelling;
        end = seen.length();
        while (start < end && Unseen.isSpace(seen.charAt(start))) {
            start++;
        }
        while (end > start && Unseen.isSpace(seen.charAt(end - 1))) {
            end--;
        }
        return seen.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static String seen(String spelling) {
        return spelling.codePoints()
                .filter(c -> !Unseen.is(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Returns whether a key is a number's, and not a name's. */
    public static boolean isNumber(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) < '0' || key.charAt(i) > '9') {
                return false;
            }
        }
        return !key.isEmpty();
    }

    /** Returns whether a spelling says that it is international: by a plus, or by 00 or 011 for one. */
    public static boolean isInternational(String spelling) {
        for (int i = start(spelling); i < spelling.length(); ) {
            int c = spelling.codePointAt(i);
            if (c == '+' || c == '\uff0b' || c == '\ufe62') {
                return true;
            } else if (Character.digit(c, 10) > 0) {
                return false;
            } else if (Character.digit(c, 10) == 0) {
                return isNumber(key(spelling))
                        && digits(spelling) > key(spelling).length();
            }
            i += Character.charCount(c);
        }
        return false;
    }

    private static long digits(String spelling) {
        return spelling.codePoints().filter(c -> Character.digit(c, 10) >= 0).count();
    }

    /**
     * Returns the calling code of a number that certainly is international: written as one, or so long that it can be
     * nothing else; 0 for all others.
     */
    static int callingCode(String spelling) {
        String key = key(spelling);
        boolean international = isNumber(key)
                && (isInternational(spelling)
                        || (key.length() >= CERTAINLY_INTERNATIONAL
                                && CallingCodes.areNumber(key, CERTAINLY_INTERNATIONAL)));
        return international ? CallingCodes.of(key) : 0;
    }

    /**
     * Returns whether two spellings may be of one line: if they are the same, or one is the national tail of the other,
     * of at least 9 digits, or of 6 behind a 0. For guards, which rather see one number too many as the same.
     */
    public static boolean mayBeOneLine(String one, String other) {
        String a = key(one);
        String b = key(other);
        if (a.equals(b)) {
            return true;
        }
        if (!isNumber(a) || !isNumber(b) || (isInternational(one) && isInternational(other))) {
            return false;
        }
        String tailOfA = withoutZeros(a);
        String tailOfB = withoutZeros(b);
        boolean aIsShorter = tailOfA.length() < tailOfB.length();
        String tail = aIsShorter ? tailOfA : tailOfB;
        boolean national = (aIsShorter ? a : b).charAt(0) == '0';
        return tail.length() >= (national ? SHORTEST_TAIL_AFTER_0 : SHORTEST_TAIL)
                && (aIsShorter ? tailOfB : tailOfA).endsWith(tail);
    }

    /** Returns whether the keys of two spellings have the same end, as those of one line always do. */
    public static boolean endAlike(String one, String other) {
        String a = key(one);
        String b = key(other);
        return a.regionMatches(Math.max(0, a.length() - END), b, Math.max(0, b.length() - END), END);
    }

    private static String withoutZeros(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.substring(zeros);
    }

    /** Returns the keys that earlier versions gave to spellings of a number or name, apart from the present one. */
    public static Set<String> formerKeys(String spelling) {
        String key = key(spelling);
        Set<String> former = new LinkedHashSet<>();
        if (isNumber(key)) {
            former.add("00" + key);
            former.add("011" + key);
        }
        former.add(formerKey(spelling));
        former.remove(key);
        return former;
    }

    private static String formerKey(String spelling) {
        String digits = spelling.replaceAll("[+ ().\u00a0-]", "");
        return digits.matches("[0-9]+") ? digits : spelling.strip().toLowerCase(Locale.ROOT);
    }
}
