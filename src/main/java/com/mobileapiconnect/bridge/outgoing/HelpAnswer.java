package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a customer whose whole text is HELP, INFO or another such word of the tenant.
 *
 * @param words the tenant's own, as written
 */
record HelpAnswer(String text, List<String> words) {

    static final String NAME = "help";
    private static final List<String> STANDARD = List.of("HELP", "INFO");
    private static final int LONGEST_TEXT = 480;
    private static final int LONGEST_WORD = 40;
    private static final int MOST_WORDS = 20;

    HelpAnswer {
        words = List.copyOf(words);
    }

    /** Returns null if there is none, or if it is invalid and reported. */
    static @Nullable HelpAnswer read(Fields settings) {
        Fields fields = settings.object(NAME);
        if (fields == null) {
            return null;
        }
        fields.allow("text", "words");
        String text = fields.text("text", LONGEST_TEXT);
        if (text == null || text.isBlank()) {
            if (text != null || fields.raw("text") == null) {
                fields.wrong("text", "must be 1 to " + LONGEST_TEXT + " characters that are not all blank");
            }
            text = "";
        }
        return new HelpAnswer(WellFormed.of(text), words(fields));
    }

    private static List<String> words(Fields fields) {
        JsonNode given = fields.raw("words");
        if (given == null) {
            return List.of();
        } else if (!given.isArray() || given.size() > MOST_WORDS) {
            fields.wrong("words", "must be a list of at most " + MOST_WORDS + " words");
            return List.of();
        }
        List<String> words = new ArrayList<>();
        for (int n = 0; n < given.size(); n++) {
            String word = given.get(n).isTextual() ? given.get(n).textValue() : "";
            if (folded(word).isEmpty() || Fields.hasControls(word)) {
                fields.wrong("words[" + n + "]", "must be a word of 1 to " + LONGEST_WORD + " characters");
            }
            words.add(word);
        }
        return words;
    }

    /** Returns whether a text is one of the words, ignoring case, width, and what is no letter or digit around it. */
    boolean isAskedBy(String text) {
        String said = folded(text);
        return !said.isEmpty()
                && (STANDARD.contains(said)
                        || words.stream().anyMatch(word -> folded(word).equals(said)));
    }

    /** Returns an empty string for a text that is no word, or too long. */
    private static String folded(String text) {
        if (text.length() > 2 * LONGEST_WORD) {
            return "";
        }
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        int start = 0;
        int end = upper.length();
        while (start < end && !Character.isLetterOrDigit(upper.codePointAt(start))) {
            start += Character.charCount(upper.codePointAt(start));
        }
        while (end > start && !Character.isLetterOrDigit(upper.codePointBefore(end))) {
            end -= Character.charCount(upper.codePointBefore(end));
        }
        return end - start > LONGEST_WORD ? "" : upper.substring(start, end);
    }
}
