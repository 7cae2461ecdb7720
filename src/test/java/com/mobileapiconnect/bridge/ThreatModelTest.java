package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line of the threat model and of the guarantees names tests that are there. */
class ThreatModelTest {

    private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    private static Map<String, String> tests() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(f -> f.toString().matches(".*(Test|IT)\\.java"))
                    .toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }

    /** @param from the heading at which the tables begin, @param to the one at which they end */
    @ParameterizedTest
    @CsvSource({
        "docs/threat-model.md, ## Nobody in particular, ## Left to the operator",
        "docs/guarantees.md, ## Promised, ## Not promised"
    })
    void everyLineNamesTestsThatExist(Path page, String from, String to) throws IOException {
        Map<String, String> tests = tests();
        List<String> wrong = new ArrayList<>();
        List<String> rows = Files.readAllLines(page).stream()
                .dropWhile(line -> !line.equals(from))
                .takeWhile(line -> !line.equals(to))
                .filter(line -> line.startsWith("| ") && !line.matches("\\| (must not|the bridge …) \\|.*"))
                .toList();
        for (String row : rows) {
            Matcher name = NAME.matcher(row.substring(row.lastIndexOf('|', row.length() - 2)));
            boolean any = false;
            while (name.find()) {
                any = true;
                String source = tests.get(name.group(1));
                if (source == null || (name.group(2) != null && !source.contains("void " + name.group(2) + "("))) {
                    wrong.add("no such test: " + name.group());
                }
            }
            if (!any) {
                wrong.add("no test: " + row);
            }
        }
        assertThat(rows).hasSizeGreaterThan(20);
        assertThat(wrong).isEmpty();
    }
}
