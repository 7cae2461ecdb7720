package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.gateway.Received.Captured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads SMS from a table as RFC 4180 has it, with commas, semicolons or tabs. Its first line names the columns: the sender,
 * the text and the time; optionally the SIM, and the kind, where only {@code received}, {@code inbox} and 1 came in.
 */
final class BackupTable {

    private static final List<String> FROM = List.of("from", "sender", "address", "number");
    private static final List<String> TEXT = List.of("text", "body", "message", "content");
    private static final List<String> AT = List.of("receivedat", "date", "time", "timestamp");
    private static final List<String> SIM = List.of("sim");
    private static final List<String> KIND = List.of("type", "kind", "direction");
    private static final Set<String> CAME_IN = Set.of("", "1", "received", "inbox", "in", "incoming");
    private static final int MOST_COLUMNS = 64;

    private final String file;
    private final char separator;
    private int at;
    private int line = 1;

    private BackupTable(String file) {
        this.file = file;
        this.separator = separatorOf(file);
    }

    static void read(String file, BackupReading reading) {
        new BackupTable(file).read(reading);
    }

    private static char separatorOf(String file) {
        for (int i = 0; i < file.length() && file.charAt(i) != '\n'; i++) {
            if (",;\t".indexOf(file.charAt(i)) >= 0) {
                return file.charAt(i);
            }
        }
        return ',';
    }

    private void read(BackupReading reading) {
        List<String> head = row().stream()
                .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                .toList();
        int from = column(head, FROM);
        int text = column(head, TEXT);
        int time = column(head, AT);
        if (from < 0 || text < 0 || time < 0) {
            throw Problem.invalid(
                    "body",
                    "must be XML of SMS Backup & Restore, or a table whose first line names the columns from, text and"
                            + " receivedAt");
        }
        int sim = column(head, SIM);
        int kind = column(head, KIND);
        reading.next();
        while (at < file.length()) {
            reading.next();
            List<String> row = row();
            String sender = cell(row, from);
            if (row.stream().allMatch(String::isBlank)) {
                continue;
            } else if (!CAME_IN.contains(String.valueOf(cell(row, kind)).strip().toLowerCase(Locale.ROOT))) {
                reading.other();
            } else if (text >= row.size()) {
                reading.refuse("has no text");
            } else {
                reading.add(
                        new Captured(null, sender, null, row.get(text), slot(cell(row, sim)), cell(row, time), false));
            }
        }
    }

    private static int column(List<String> head, List<String> names) {
        return names.stream()
                .mapToInt(head::indexOf)
                .filter(i -> i >= 0)
                .findFirst()
                .orElse(-1);
    }

    private static String cell(List<String> row, int column) {
        return column >= 0 && column < row.size() ? row.get(column) : "";
    }

    private static @Nullable Integer slot(String cell) {
        return cell.strip().matches("[0-9]") ? Integer.valueOf(cell.strip()) : null;
    }

    private List<String> row() {
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(cell());
            boolean more = at < file.length() && file.charAt(at) == separator;
            at++;
            if (!more) {
                return cells;
            } else if (cells.size() == MOST_COLUMNS) {
                throw Problem.invalid("line " + line, "has over " + MOST_COLUMNS + " columns");
            }
        }
    }

    /** Leaves the position at the separator, or at the last character of the line's end. */
    private String cell() {
        if (at < file.length() && file.charAt(at) == '"') {
            return quoted();
        }
        int begin = at;
        while (at < file.length() && file.charAt(at) != separator && file.charAt(at) != '\n') {
            at++;
        }
        int end = at > begin && at < file.length() && file.charAt(at) == '\n' && file.charAt(at - 1) == '\r'
                ? at - 1
                : at;
        line += at < file.length() && file.charAt(at) == '\n' ? 1 : 0;
        return file.substring(begin, end);
    }

    private String quoted() {
        int begun = line;
        StringBuilder cell = new StringBuilder();
        for (at++; at < file.length(); at++) {
            char c = file.charAt(at);
            line += c == '\n' ? 1 : 0;
            if (c != '"') {
                cell.append(c);
            } else if (at + 1 < file.length() && file.charAt(at + 1) == '"') {
                cell.append(c);
                at++;
            } else {
                at++;
                return cell.append(cell()).toString(); // nothing, up to the separator
            }
        }
        throw Problem.invalid("line " + begun, "has a quote that does not end");
    }
}
