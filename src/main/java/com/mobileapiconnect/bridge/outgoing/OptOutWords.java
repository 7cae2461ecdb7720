package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.Folding;
import com.mobileapiconnect.bridge.message.Trimmed;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The words by which customers stop automatic replies and allow them again. A word counts when it is the whole text,
 * whatever its case, accents, width and punctuation, and with nothing beside it that is a word: of a sentence nothing
 * counts. A word of several parts counts written as one, too. Immutable.
 */
final class OptOutWords {

    private static final List<String> STOPS =
            List.of("stop", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "opt out", "arret");
    private static final List<String> STARTS = List.of("start", "unstop", "opt in");
    /** Longer texts are no word, however much of them is punctuation. */
    private static final int LONGEST_TEXT = 200;

    private final Set<String> stops = new HashSet<>();
    private final Set<String> starts = new HashSet<>();
    private final int longest;

    private OptOutWords(Collection<OptOutLanguage> languages, List<String> ownStops, List<String> ownStarts) {
        add(STOPS, stops);
        add(STARTS, starts);
        languages.forEach(language -> add(language.stops(), stops));
        languages.forEach(language -> add(language.starts(), starts));
        add(ownStops, stops);
        add(ownStarts, starts);
        int most = 0;
        for (Set<String> words : List.of(stops, starts)) {
            for (String word : words) {
                most = Math.max(most, word.length());
            }
        }
        longest = most;
    }

    /** Makes the words of these languages and a tenant's own, beside STOP and START, which always count. */
    static OptOutWords of(Collection<OptOutLanguage> languages, List<String> ownStops, List<String> ownStarts) {
        return new OptOutWords(languages, ownStops, ownStarts);
    }

    private static void add(Collection<String> words, Set<String> to) {
        for (String word : words) {
            String normal = normal(word);
            to.add(normal);
            to.add(normal.replace(" ", ""));
        }
    }

    OptOutWord in(String text) {
        if (isLonger(text)) {
            return OptOutWord.NONE;
        }
        String said = normal(text);
        return stops.contains(said) ? OptOutWord.STOP : starts.contains(said) ? OptOutWord.START : OptOutWord.NONE;
    }

    /** Returns whether a word has a meaning, perhaps beside the other one. */
    boolean says(String word, OptOutWord meaning) {
        Set<String> words = meaning == OptOutWord.STOP ? stops : starts;
        String normal = normal(word);
        return words.contains(normal) || words.contains(normal.replace(" ", ""));
    }

    /** Ends after the first few words of a sentence, because every message is asked. */
    private boolean isLonger(String text) {
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
