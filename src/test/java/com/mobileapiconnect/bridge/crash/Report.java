package com.mobileapiconnect.bridge.crash;

import java.util.List;
import java.util.Map;

/**
 * What a run of the suite has shown.
 *
 * @param kills        by what the bridge was doing
 * @param whileRefused kills while the receivers answered 503 or did not answer
 * @param unwritten    the most answers of one target that a kill left unwritten, by target
 * @param stored       messages that have not aged out
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
        Operator.Totals operator,
        Secrets.Totals secrets,
        int stored,
        String integrity) {

    int killCount() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What the operator had acknowledged, by its kind. */
    public Map<String, Integer> changes() {
        return operator.acknowledged();
    }

    public boolean good() {
        return missing.isEmpty()
                && unfinished == 0
                && totals.faults().isEmpty()
                && totals.inversions() == 0
                && totals.repeats() <= totals.repeatable()
                && operator.violations().isEmpty()
                && secrets.unverified() == 0
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
        line(text, "acknowledged of the operator", operator.acknowledged());
        line(text, "  deliveries to be replayed", operator.replayed());
        line(text, "  looked at after a kill", operator.checked());
        line(text, "  not as acknowledged", orNone(operator.violations()));
        line(text, "calls under a secret in force", secrets.verified());
        line(text, "  under none", secrets.unverified() + (secrets.unverified() == 0 ? "" : " " + secrets.faults()));
        line(text, "messages aged out", totals.acknowledged() - stored);
        line(text, "integrity", integrity);
        line(text, "faults", orNone(totals.faults()));
        return text.toString();
    }

    private static Object orNone(List<String> found) {
        return found.isEmpty() ? "none" : found;
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append("%-34s %s%n".formatted(name, value));
    }
}
