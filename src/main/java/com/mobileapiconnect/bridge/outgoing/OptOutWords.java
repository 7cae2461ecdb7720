package com.mobileapiconnect.bridge.outgoing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The words by which customers stop automatic replies and allow them again. */
final class OptOutWords {

    private static final List<String> STOPS =
            List.of("stop", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "opt out", "arret");
    private static final List<String> STARTS = List.of("start", "unstop", "opt in");

    private final WholeWords stops;
    private final WholeWords starts;
    private final int longest;

    private OptOutWords(WholeWords stops, WholeWords starts) {
        this.stops = stops;
        this.starts = starts;
        this.longest = Math.max(stops.longest(), starts.longest());
    }

    /** Makes the words of these languages and a tenant's own, beside STOP and START, which always count. */
    static OptOutWords of(Collection<OptOutLanguage> languages, List<String> ownStops, List<String> ownStarts) {
        return new OptOutWords(
                all(STOPS, languages, OptOutLanguage::stops, ownStops),
                all(STARTS, languages, OptOutLanguage::starts, ownStarts));
    }

    private static WholeWords all(
            List<String> always,
            Collection<OptOutLanguage> languages,
            Function<OptOutLanguage, List<String>> ofLanguage,
            List<String> own) {
        List<String> words = new ArrayList<>(always);
        languages.forEach(language -> words.addAll(ofLanguage.apply(language)));
        words.addAll(own);
        return WholeWords.of(words);
    }

    OptOutWord in(String text) {
        if (WholeWords.isLonger(text, longest)) {
            return OptOutWord.NONE;
        }
        String said = WholeWords.normal(text);
        return stops.words().contains(said)
                ? OptOutWord.STOP
                : starts.words().contains(said) ? OptOutWord.START : OptOutWord.NONE;
    }

    /** Returns whether a word has a meaning, perhaps beside the other one. */
    boolean says(String word, OptOutWord meaning) {
        return (meaning == OptOutWord.STOP ? stops : starts).have(word);
    }
}
