package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.message.Folding;
import com.mobileapiconnect.bridge.message.Trimmed;

/**
 * The first word of a text without its punctuation: the part that customers write in front, as in {@code "Balance,
 * please"}.
 *
 * <p>A word ends at white space or punctuation. A single apostrophe, hyphen or underscore between two letters joins
 * them and is dropped ({@code check-in} is {@code checkin}); any other mark ends the word ({@code stop/end} is {@code
 * stop}). In scripts without spaces the word extends to the first punctuation mark.
 */
final class Keyword {

    private static final String JOINERS = "-_'\u2010\u2011\u2019";

    private Keyword() {}

    /** Returns the word as spelled in the text, composed; empty if the text has none. */
    static String of(String spelling) {
        String text = Folding.nfc(spelling);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (isPartOfWord(c)) {
                word.appendCodePoint(c);
            } else if (word.length() > 0 && !Trimmed.isHidden(c) && !joins(c, text, next)) {
                break;
            }
            i = next;
        }
        // Compose again: a mark may now follow a letter from which an invisible character had separated it.
        return Folding.nfc(word.toString());
    }

    /** Returns whether a text is a single word with nothing but punctuation around it. */
    static boolean isOneWord(String spelling) {
        String text = Folding.nfc(spelling);
        StringBuilder all = new StringBuilder();
        text.codePoints().filter(Keyword::isPartOfWord).forEach(all::appendCodePoint);
        return all.length() > 0 && Folding.nfc(all.toString()).equals(of(text));
    }

    private static boolean joins(int c, String text, int next) {
        return JOINERS.indexOf(c) >= 0 && next < text.length() && isPartOfWord(text.codePointAt(next));
    }

    /**
     * Returns whether a character is a letter, a digit, an accent or a symbol beyond ASCII, so that an emoji can be a
     * keyword.
     */
    private static boolean isPartOfWord(int c) {
        if (c <= 0x7f) {
            return Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> false;
            default -> !Trimmed.isHidden(c);
        };
    }

    /**
     * Returns the text up to its first white space, composed, with all punctuation and all that is not seen; empty if it
     * begins with white space.
     */
    static String asWritten(String spelling) {
        String text = Folding.nfc(spelling);
        int end = 0;
        while (end < text.length() && !Trimmed.isSpace(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
