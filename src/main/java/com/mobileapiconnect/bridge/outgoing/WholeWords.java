package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.Folding;
import com.mobileapiconnect.bridge.message.Trimmed;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Words that count when they are a whole text, whatever its case, accents, width and punctuation, and with nothing beside
 * them that is a word: of a sentence nothing counts. A word of several parts counts written as one, too.
 *
 * @param words   in their {@link #normal} form
 * @param longest length of the longest of them
 */
record WholeWords(Set<String> words, int longest) {

    /** Longer texts are no word, however much of them is punctuation. */
    private static final int LONGEST_TEXT = 200;

    WholeWords {
        words = Set.copyOf(words);
    }

    static WholeWords of(Collection<String> written) {
        Set<String> words = new HashSet<>();
        for (String word : written) {
            String normal = normal(word);
            words.add(normal);
            words.add(normal.replace(" ", ""));
        }
        return new WholeWords(
                words, words.stream().mapToInt(String::length).max().orElse(0));
    }

    /** Returns whether a text is one of the words. */
    boolean areSaidBy(String text) {
        return !isLonger(text, longest) && words.contains(normal(text));
    }

    /** Returns whether the words have this one, however it is written. */
    boolean have(String word) {
        String normal = normal(word);
        return words.contains(normal) || words.contains(normal.replace(" ", ""));
    }

    /** Ends after the first few words of a sentence, because every message is asked. */
    static boolean isLonger(String text, int longest) {
        int start = Trimmed.start(text);
        int letters = 0;
        for (int i = start; i < text.length(); i++) {
            letters += isPartOfWord(text.charAt(i)) ? 1 : 0;
            if (letters > longest) {
                return true;
            }
        }
        return Trimmed.end(text) - start > LONGEST_TEXT;
    }

    /** Returns the words of a text, folded, with a single space between them; empty if there are none. */
    static String normal(String text) {
        String plain = Folding.isAscii(text) ? text : Normalizer.normalize(Trimmed.of(text), Normalizer.Form.NFKC);
        String folded = Folding.foldWithoutAccents(plain);
        StringBuilder words = new StringBuilder(folded.length());
        boolean parted = false;
        for (int i = 0; i < folded.length(); ) {
            int c = folded.codePointAt(i);
            i += Character.charCount(c);
            if (isPartOfWord(c)) {
                if (parted && words.length() > 0) {
                    words.append(' ');
                }
                parted = false;
                words.appendCodePoint(c);
            } else {
                parted |= !Trimmed.isHidden(c);
            }
        }
        return words.toString();
    }

    private static boolean isPartOfWord(int c) {
        if (c <= 0x7f) {
            return Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> !Trimmed.isHidden(c);
            case Character.SURROGATE -> false;
            default -> Character.isLetterOrDigit(c) && !Trimmed.isHidden(c);
        };
    }
}
