package com.mobileapiconnect.bridge.erp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table by which a system's answers are judged, because their status alone says too little: some answer errors with
 * 200, and mistakes that will never go away with 500. A row is a status ({@code 409}, {@code 4xx} or {@code *}), the class
 * of the error in the body, and a {@link Verdict}. A class may have {@code *} for any rest; {@code -} is none. The first
 * row that fits counts, then the usual ones:
 *
 * <pre>
 * 409 DuplicateEntryError done
 * 500 psycopg2.errors.*   rejected
 * </pre>
 */
public final class OutcomeTable {

    /** Only the usual rows. */
    public static final OutcomeTable USUAL = of("");

    private static final Set<Integer> LATER = Set.of(408, 425, 429);
    private static final Pattern STATUS = Pattern.compile("\\*|[1-5](?:\\d\\d|xx)");
    private static final String ANY = "*";
    private static final String NONE = "-";

    private final List<Row> rows;

    private record Row(String status, String error, Verdict verdict) {

        boolean fits(int asked, @Nullable String of) {
            return fitsStatus(String.valueOf(asked)) && fitsError(of);
        }

        private boolean fitsStatus(String asked) {
            return status.equals(ANY)
                    || status.equals(asked)
                    || (status.endsWith("xx") && asked.length() == 3 && asked.charAt(0) == status.charAt(0));
        }

        private boolean fitsError(@Nullable String of) {
            if (error.equals(ANY)) {
                return true;
            } else if (of == null) {
                return error.equals(NONE);
            }
            return error.endsWith(ANY) ? of.startsWith(error.substring(0, error.length() - 1)) : error.equals(of);
        }
    }

    private OutcomeTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** @throws IllegalArgumentException quotes the row that cannot be read */
    public static OutcomeTable of(String rows) {
        List<Row> read = new ArrayList<>();
        for (String line : rows.lines().map(String::strip).toList()) {
            if (!line.isEmpty()) {
                read.add(row(line));
            }
        }
        return new OutcomeTable(read);
    }

    private static Row row(String line) {
        String[] cells = line.split("\\s+");
        if (cells.length == 3 && STATUS.matcher(cells[0]).matches()) {
            for (Verdict verdict : Verdict.values()) {
                if (verdict.name().toLowerCase(Locale.ROOT).equals(cells[2])) {
                    return new Row(cells[0], cells[1], verdict);
                }
            }
        }
        throw new IllegalArgumentException("No row of a status, a class of errors and a verdict: " + line);
    }

    /** Returns a table in which these statuses are done, whatever the body says. */
    public OutcomeTable andDone(List<Integer> statuses) {
        List<Row> more = new ArrayList<>();
        statuses.forEach(status -> more.add(new Row(String.valueOf(status), ANY, Verdict.DONE)));
        more.addAll(rows);
        return new OutcomeTable(more);
    }

    /** @param error the class of the error in the body; null if it names none */
    public Verdict verdict(int status, @Nullable String error) {
        return rows.stream()
                .filter(row -> row.fits(status, error))
                .findFirst()
                .map(Row::verdict)
                .orElseGet(() -> usual(status));
    }

    private static Verdict usual(int status) {
        if (status >= 200 && status < 300) {
            return Verdict.DONE;
        } else if (status == 401) {
            return Verdict.LOGIN;
        } else if (status >= 400 && status < 500) {
            return LATER.contains(status) ? Verdict.RETRY : Verdict.REJECTED;
        }
        return Verdict.RETRY;
    }
}
