package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a customer whose whole text is HELP, INFO or another such word of the tenant.
 *
 * @param words the tenant's own, as written
 * @param asked all that count, which {@link OptOutWords} compares in the same way
 */
record HelpAnswer(
        String text, List<String> words, @JsonIgnore WholeWords asked) {

    static final String NAME = "help";
    private static final List<String> STANDARD = List.of("help", "info");
    private static final int LONGEST_TEXT = 480;
    private static final int LONGEST_WORD = 40;
    private static final int MOST_WORDS = 20;

    HelpAnswer {
        words = List.copyOf(words);
    }

    @JsonCreator
    static HelpAnswer of(@JsonProperty("text") String text, @JsonProperty("words") List<String> words) {
        List<String> all = new ArrayList<>(STANDARD);
        all.addAll(words);
        return new HelpAnswer(text, words, WholeWords.of(all));
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
        return of(WellFormed.of(text), words(fields));
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
            if (word.length() > LONGEST_WORD || WholeWords.normal(word).isEmpty() || Fields.hasControls(word)) {
                fields.wrong("words[" + n + "]", "must be a word of 1 to " + LONGEST_WORD + " characters");
            }
            words.add(word);
        }
        return words;
    }

    boolean isAskedBy(String message) {
        return asked.areSaidBy(message);
    }
}
