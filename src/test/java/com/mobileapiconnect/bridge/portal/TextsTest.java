package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages say is there in every language. */
class TextsTest {

    private static final Path BUNDLES = Path.of("src/main/resources/portal");

    private static Set<String> keys(String file) throws IOException {
        Properties texts = new Properties();
        try (Reader in = Files.newBufferedReader(BUNDLES.resolve(file))) {
            texts.load(in);
        }
        assertThat(texts.values()).as(file).noneMatch(text -> text.toString().contains("'"));
        return new TreeSet<>(texts.stringPropertyNames());
    }

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        assertThat(keys("texts_de.properties")).isEqualTo(keys("texts.properties"));
    }

    @Test
    void everyClassOfErrorHasItsWords() throws IOException {
        assertThat(keys("texts.properties"))
                .containsAll(Stream.of(ErrorClass.values())
                        .map(each -> "error." + each.wireName())
                        .toList());
    }

    @Test
    void everyTextThatATemplateNamesIsThere() throws IOException {
        Pattern named = Pattern.compile("frame\\.t\\((?:[^\"()]*\\? *)?\"([a-zA-Z0-9.]+[a-zA-Z0-9])\"");
        Set<String> missing = new TreeSet<>();
        Set<String> there = keys("texts.properties");
        try (Stream<Path> templates = Files.list(Path.of("src/main/jte"))) {
            for (Path template : templates.toList()) {
                Matcher found = named.matcher(Files.readString(template));
                while (found.find()) {
                    if (!there.contains(found.group(1))) {
                        missing.add(template.getFileName() + ": " + found.group(1));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void noTemplateSaysAnythingByItself() throws IOException {
        Set<String> words = new TreeSet<>();
        try (Stream<Path> templates = Files.list(Path.of("src/main/jte"))) {
            for (Path template : templates.toList()) {
                for (String said : TemplateWords.of(Files.readString(template))) {
                    words.add(template.getFileName() + ": " + said);
                }
            }
        }
        assertThat(words).isEmpty();
    }

    @Test
    void wordsOfATemplateAreFoundWhereverPeopleSeeThem() {
        assertThat(
                        TemplateWords.of(
                                "@param Frame frame\n<p title=\"Hello you\">Good day ${frame.t(\"x\")}</p>@if(a)<i>Bye</i>@endif"))
                .containsExactlyInAnyOrder("Hello you", "Good day", "Bye");
        assertThat(TemplateWords.of("<p class=\"dim\">${frame.t(\"x\")} · #1 ✕ <code>msg_…</code></p>"))
                .isEmpty();
    }

    @Test
    void aLanguageIsThereOnceItHasABundle() {
        assertThat(Texts.in(Locale.forLanguageTag("ar")).direction()).isEqualTo("rtl");
        assertThat(Texts.in(Locale.forLanguageTag("ar")).get("fate.held")).isEqualTo("Held"); // not translated yet
        assertThat(Texts.in(Locale.ENGLISH).period("PT2160H")).isEqualTo("90 days");
        assertThat(Texts.in(Locale.ENGLISH).period("PT1H")).isEqualTo("1 hour");
        assertThat(Texts.in(Locale.GERMAN).bytes(1_234_567)).isEqualTo("1,2 MB");
    }

    @Test
    void valuesGoWhereTheTextSaysSo() {
        Texts english = Texts.in(Locale.ENGLISH);

        assertThat(english.get("delivery.n", 0)).isEqualTo("no try");
        assertThat(english.get("delivery.n", 1)).isEqualTo("1 try");
        assertThat(english.get("delivery.n", 7)).isEqualTo("7 tries");
        assertThat(english.word("op", "keyword")).isEqualTo("has the keyword");
        assertThat(english.word("op", "new-one")).isEqualTo("new-one");
        assertThat(Texts.in(Locale.GERMAN).duration(1234)).isEqualTo("1,2 s");
        assertThat(english.time("2026-06-12T14:32:00.000Z")).isEqualTo("12 Jun 2026, 14:32:00 UTC");
    }
}
