package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares docs with the sources they describe: the table of packages, and the index of decisions. */
class DesignTest {

    private static final Path PACKAGES = Path.of("src/main/java/com/mobileapiconnect/bridge");
    private static final Path DESIGN = Path.of("docs/design.md");
    private static final Path DECISIONS = Path.of("docs/decisions");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern MAY_USE = Pattern.compile("@MayUse(\\((.*?)\\))?", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\"");
    private static final Pattern LINK = Pattern.compile("\\[(.+?)]\\(([^)#]+\\.md)\\)");

    @Test
    void tableOfPackagesIsWhatThePackagesDeclare() throws IOException {
        List<String> table = Files.readAllLines(DESIGN).stream()
                .dropWhile(line -> !line.equals("## The packages"))
                .filter(line -> line.startsWith("| `"))
                .toList();
        try (Stream<Path> packages = Files.list(PACKAGES).filter(Files::isDirectory)) {
            assertThat(table)
                    .containsExactlyInAnyOrderElementsOf(
                            packages.map(DesignTest::row).toList());
        }
    }

    private static String row(Path directory) {
        String source = read(directory.resolve("package-info.java"));
        Matcher javadoc = JAVADOC.matcher(source);
        Matcher mayUse = MAY_USE.matcher(source);
        assertThat(javadoc.find() && mayUse.find())
                .as(directory + " has a Javadoc and @MayUse")
                .isTrue();
        String purpose = javadoc.group(1)
                .replaceAll("\\s*\\n\\s*\\*\\s?", " ")
                .replaceAll("\\{@code (.*?)}", "`$1`")
                .replaceAll("<.*", "")
                .strip();
        String uses = mayUse.group(2) == null
                ? "–"
                : NAME.matcher(mayUse.group(2))
                        .results()
                        .map((MatchResult name) -> name.group(1))
                        .collect(Collectors.joining(", "));
        return "| `" + directory.getFileName() + "` | " + purpose + " | " + uses + " |";
    }

    @Test
    void everyDecisionIsInTheIndex() throws IOException {
        List<String> indexed = LINK.matcher(read(DECISIONS.resolve("README.md")))
                .results()
                .map((MatchResult link) -> link.group(2))
                .toList();
        try (Stream<Path> pages = Files.list(DECISIONS)) {
            assertThat(indexed)
                    .containsExactlyInAnyOrderElementsOf(
                            pages.map(page -> page.getFileName().toString())
                                    .filter(page -> page.matches("\\d{3}-.*\\.md"))
                                    .toList());
        }
    }

    @Test
    void everyLinkBetweenPagesLeadsSomewhere() throws IOException {
        try (Stream<Path> pages = Stream.of("docs", "connectors", "examples", "README.md", "CONTRIBUTING.md")
                .map(Path::of)
                .flatMap(DesignTest::markdown)) {
            assertThat(pages.toList()).allSatisfy(page -> assertThat(LINK.matcher(read(page))
                            .results()
                            .map((MatchResult link) -> link.group(2))
                            .filter(link -> !link.contains("://")))
                    .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists()));
        }
    }

    private static Stream<Path> markdown(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot list " + root, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + file, e);
        }
    }
}
