package com.mobileapiconnect.bridge.message;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Makes texts equal that differ only in how accents are composed and, unless a predicate is case-sensitive, in case.
 */
public final class Folding {

    private static final int MOST_ACCENTS = 30;
    /** The accents of Latin, Greek and Cyrillic letters; marks of other scripts are letters to those who write them. */
    private static final char FIRST_ACCENT = '\u0300';

    private static final char LAST_ACCENT = '\u036f';
    private static final char JOINER = '\u034f';
    private static final FoldTable WITH_ACCENTS = new FoldTable(text -> foldUnicode(nfc(text)));
    private static final FoldTable WITHOUT_ACCENTS = new FoldTable(Folding::foldUnicodeWithoutAccents);

    private Folding() {}

    /** Returns the canonical composition (NFC), in which é is one character however the phone wrote it. */
    public static String nfc(String text) {
        if (isAscii(text)) {
            return text;
        }
        String safe = withoutEndlessAccents(text);
        return Normalizer.isNormalized(safe, Normalizer.Form.NFC)
                ? safe
                : Normalizer.normalize(safe, Normalizer.Form.NFC);
    }

    /**
     * Parts accents after every thirty by a character that is not seen, as in the stream-safe text format of Unicode:
     * they are sorted in a time that grows with the square of their number.
     */
    private static String withoutEndlessAccents(String text) {
        StringBuilder parted = null;
        int accents = 0;
        int next;
        for (int i = 0; i < text.length(); i = next) {
            int c = text.codePointAt(i);
            next = i + Character.charCount(c);
            accents = isAccent(c) ? accents + 1 : 0;
            if (accents > MOST_ACCENTS) {
                parted = parted == null ? new StringBuilder(text).delete(i, text.length()) : parted;
                parted.append(JOINER);
                accents = 1;
            }
            if (parted != null) {
                parted.appendCodePoint(c);
            }
        }
        return parted == null ? text : parted.toString();
    }

    private static boolean isAccent(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /**
     * Folds case fully (ß is SS, ς is Σ, ﬁ is FI), the same on every machine whatever its locale. The dotted and the
     * dotless Turkish i both fold to i, so that BAKİYE, BAKIYE and bakiye are the same keyword.
     */
    public static String fold(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String folded = WITH_ACCENTS.fold(text);
        return folded == null ? foldUnicode(nfc(text)) : folded;
    }

    static String foldUnicode(String text) {
        // Upper case first, because only that expands (ß to SS). Then compose again: an i with a dot above, as other
        // systems lower-case İ, becomes İ again.
        String upper = nfc(text.toUpperCase(Locale.ROOT));
        StringBuilder out = new StringBuilder(upper.length());
        for (int i = 0; i < upper.length(); ) {
            int upperCase = upper.codePointAt(i);
            i += Character.charCount(upperCase);
            // Character by character: String.toLowerCase would make the last Σ of a word another letter.
            int lowerCase = Character.toLowerCase(upperCase);
            if (lowerCase == 'ß') {
                out.append("ss"); // from ẞ, the capital that toUpperCase leaves alone
            } else {
                out.appendCodePoint(lowerCase);
            }
        }
        return nfc(out.toString());
    }

    /** Folds like {@link #fold}, and leaves out the accents of letters that have them for Unicode: é is e, й is и. */
    public static String foldWithoutAccents(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String folded = WITHOUT_ACCENTS.fold(text);
        return folded == null ? foldUnicodeWithoutAccents(text) : folded;
    }

    static String foldUnicodeWithoutAccents(String text) {
        String apart = Normalizer.normalize(foldUnicode(nfc(text)), Normalizer.Form.NFD);
        StringBuilder out = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            if (c < FIRST_ACCENT || c > LAST_ACCENT) {
                out.append(c);
            }
        }
        return nfc(out.toString());
    }

    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }
}
