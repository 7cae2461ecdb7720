package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks how Javadocs of the product begin: with a verb ("Returns", "Sends") or with a noun phrase that names the thing,
 * never with a pronoun, a noun clause or a fragment that leaves the reader to find its noun.
 */
class EnglishTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern FIRST_WORD = Pattern.compile("[A-Za-z]+");
    private static final Pattern SENTENCE = Pattern.compile("(?:^|[.!?]\\s+)([A-Z][a-z]+)");
    /** Openers of noun clauses, pronouns without a noun, and prepositions of verbless fragments. */
    private static final Set<String> NEVER_FIRST = Set.of(
            ("What Whatever Who Whoever Whom Whose Where Wherever Whether When Whenever Which Why How It Its One They "
                            + "Them Their He These Those This That Nobody Somebody Anybody Everybody Nothing Something "
                            + "Anything Everything There Here Such As Like Likewise In On At By From With Without Under "
                            + "After Before For Of To Up Until Beyond Behind Not Also Then Once Otherwise Within While "
                            + "Unlike Else Null False")
                    .split(" "));

    private static final Set<String> NEVER_ANYWHERE = Set.of(
            "What Whatever Who Whoever Whom Whose Whether It One They Nobody Somebody Anybody Everybody".split(" "));

    @Test
    void javadocsNameTheirThingFromTheFirstWord() throws IOException {
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                check(file, Files.readString(file), wrong);
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static void check(Path file, String source, List<String> wrong) {
        Matcher javadoc = JAVADOC.matcher(source);
        while (javadoc.find()) {
            String text = plain(javadoc.group(1));
            Matcher first = FIRST_WORD.matcher(text);
            boolean bad = first.lookingAt() && NEVER_FIRST.contains(first.group());
            Matcher sentence = SENTENCE.matcher(text);
            while (!bad && sentence.find()) {
                bad = NEVER_ANYWHERE.contains(sentence.group(1));
            }
            if (bad) {
                long line = source.substring(0, javadoc.start()).lines().count();
                wrong.add(SOURCES.relativize(file) + ":" + line + " " + text);
            }
        }
    }

    /** Returns the prose of a Javadoc without its tags and block tags. */
    private static String plain(String javadoc) {
        return javadoc.replaceAll("(?m)^\\s*\\*\\s?", "")
                .replaceAll("(?s)<pre>.*?</pre>", "")
                .replaceAll("(?sm)^\\s*@.*", "")
                .replaceAll("\\{@\\w+\\s+([^}]*)}", "$1")
                .replaceAll("<[^>]+>", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
