package com.mobileapiconnect.bridge.crash;

import java.util.List;
import java.util.Map;

/**
 * What a run of the suite has shown.
 *
 * @param kills        by what the bridge was doing
 * @param whileRefused kills while the receivers answered 503 or did not answer
 * @param unwritten    the most answers of one target that a kill left unwritten, by target
 */
public record Report(
        String database,
        Map<String, Integer> kills,
        int whileRefused,
        int databaseKills,
        Ledger.Totals totals,
        List<String> missing,
        long unfinished,
        Map<String, Integer> unwritten,
        String integrity) {

    int killCount() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    public boolean good() {
        return missing.isEmpty()
                && unfinished == 0
                && totals.faults().isEmpty()
                && totals.inversions() == 0
                && totals.repeats() <= totals.repeatable()
                && integrity.equals("ok");
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "database", database);
        line(text, "kills", killCount() + (databaseKills > 0 ? ", " + databaseKills + " with the database" : ""));
        kills.forEach((what, count) -> line(text, "  at " + what, count));
        line(text, "while receivers refuse or hang", whileRefused);
        line(text, "acknowledged messages", totals.acknowledged());
        line(text, "calls received", totals.calls());
        line(text, "missing at any target", missing.size());
        line(text, "unfinished at the end", unfinished);
        line(text, "deliveries answered 200 twice", totals.repeats());
        line(text, "  may be (unwritten at a kill)", totals.repeatable());
        line(text, "  most unwritten at one kill", unwritten);
        line(text, "out of order in the ordered lane", totals.inversions());
        line(text, "integrity", integrity);
        line(text, "faults", totals.faults().isEmpty() ? "none" : totals.faults());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append("%-34s %s%n".formatted(name, value));
    }
}
