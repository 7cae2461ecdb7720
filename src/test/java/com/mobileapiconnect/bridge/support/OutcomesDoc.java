package com.mobileapiconnect.bridge.support;

import com.mobileapiconnect.bridge.delivery.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The tables of docs/outcomes.md: by them users foretell what an answer comes to, so tests hold the code to them. */
public final class OutcomesDoc {

    private static final Path DOC = Path.of("docs/outcomes.md");

    private OutcomesDoc() {}

    /** @param error what it says of the body; {@code *} in a table without such a column */
    public record Row(List<String> answers, String error, String outcome) {

        boolean fits(String answer, String code) {
            return answers.stream().anyMatch(each -> fitsOne(each, answer)) && fitsOne(error, code);
        }

        private static boolean fitsOne(String pattern, String text) {
            if (pattern.endsWith("xx")) {
                return text.length() == 3 && text.charAt(0) == pattern.charAt(0);
            }
            return pattern.endsWith("*")
                    ? text.startsWith(pattern.substring(0, pattern.length() - 1))
                    : pattern.equals(text);
        }
    }

    public static String section(String heading) {
        try {
            String page = Files.readString(DOC);
            int begin = page.indexOf("\n## " + heading + "\n");
            int end = page.indexOf("\n## ", begin + 1);
            return page.substring(begin, end < 0 ? page.length() : end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Row> rows(String heading) {
        List<Row> rows = new ArrayList<>();
        section(heading).lines().filter(line -> line.startsWith("| ")).skip(1).forEach(line -> {
            List<String> cells =
                    Stream.of(line.split("\\|")).map(String::strip).skip(1).toList();
            rows.add(new Row(
                    List.of(cells.get(0).split(" ")),
                    cells.size() > 2 ? cells.get(1) : "*",
                    cells.get(cells.size() - 1)));
        });
        return rows;
    }

    /** Returns what the table says of an answer. */
    public static String of(String heading, String answer, String error) {
        return rows(heading).stream()
                .filter(row -> row.fits(answer, error))
                .findFirst()
                .orElseThrow()
                .outcome()
                .replaceFirst(":.*", "");
    }

    /** Returns an outcome in the words of the page. */
    public static String words(Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            return "done";
        } else if (outcome instanceof Outcome.Rejected) {
            return "rejected";
        }
        return outcome instanceof Outcome.LoginRefused ? "login refused" : "tried again";
    }
}
