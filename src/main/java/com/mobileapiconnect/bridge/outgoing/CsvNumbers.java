package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The numbers of a table as RFC 4180 has it, with commas, semicolons or tabs: the column {@code number} if the first line
 * names it, otherwise the first. So what was exported can be taken over again.
 */
final class CsvNumbers {

    private static final String COLUMN = "number";
    private static final String SEPARATORS = ",;\t";

    private final String text;
    private final char separator;
    private final List<Row> rows = new ArrayList<>();
    private int at;
    private int line = 1;

    /** @param line in which the row begins, from 1 */
    private record Row(int line, List<String> cells) {

        String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }
    }

    private CsvNumbers(String text) {
        this.text = text;
        this.separator = separatorOf(text);
    }

    /** Returns the numbers with their lines. Throws a 422 {@link Problem} if a quote does not end, or there are too many. */
    static List<OptOutImport.Entry> read(byte[] bytes, int most) {
        String text = WellFormed.of(new String(bytes, StandardCharsets.UTF_8));
        CsvNumbers table = new CsvNumbers(text.startsWith("\ufeff") ? text.substring(1) : text);
        table.readRows(most);
        return table.numbers();
    }

    private static char separatorOf(String text) {
        return text.lines()
                .limit(1)
                .flatMapToInt(String::chars)
                .filter(c -> SEPARATORS.indexOf(c) >= 0)
                .mapToObj(c -> (char) c)
                .findFirst()
                .orElse(',');
    }

    private void readRows(int most) {
        while (at < text.length()) {
            Row row = row();
            if (row.cells().stream().anyMatch(cell -> !cell.isBlank())) {
                rows.add(row);
            }
            if (rows.size() > most + 1) {
                throw tooMany(most);
            }
        }
    }

    private List<OptOutImport.Entry> numbers() {
        boolean named = !rows.isEmpty() && column(rows.get(0)) >= 0;
        int column = named ? column(rows.get(0)) : 0;
        return rows.stream()
                .skip(named ? 1 : 0)
                .map(row -> new OptOutImport.Entry(row.line(), bare(row.cell(column))))
                .toList();
    }

    private static int column(Row head) {
        return head.cells().stream()
                .map(cell -> bare(cell).toLowerCase(Locale.ROOT))
                .toList()
                .indexOf(COLUMN);
    }

    /** Leaves out the apostrophe that keeps spreadsheets from taking a number for something else. */
    private static String bare(String cell) {
        String stripped = cell.strip();
        return stripped.startsWith("'") ? stripped.substring(1) : stripped;
    }

    private Row row() {
        int first = line;
        List<String> cells = new ArrayList<>();
        do {
            cells.add(cell());
        } while (at < text.length() && text.charAt(at++) == separator);
        return new Row(first, cells);
    }

    /** Leaves the position at the separator or at the last character of the line's end. */
    private String cell() {
        StringBuilder cell = new StringBuilder();
        boolean blank = true;
        int quoted = 0; // the line in which a quote began that has not ended
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
            }
            if (quoted > 0) {
                boolean twice = c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"';
                if (c == '"' && !twice) {
                    quoted = 0;
                    continue;
                }
                at += twice ? 1 : 0;
            } else if (c == '"' && blank) {
                cell.setLength(0);
                blank = false;
                quoted = line;
                continue;
            } else if (c == separator || c == '\n') {
                return cell.toString();
            }
            blank &= Character.isWhitespace(c);
            cell.append(c);
        }
        if (quoted > 0) {
            throw Problem.invalid("line " + quoted, "has a quote that does not end");
        }
        return cell.toString();
    }

    static Problem tooMany(int most) {
        return Problem.invalid("lines", "must be 1 to " + most + " with a number each; send more in several requests");
    }
}
