package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.bench.Receiver.Count;
import com.mobileapiconnect.bridge.bench.Sink.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/** The figures of one run: as a person reads them, and as JSON. */
record Report(int connections, Result ceiling, Result warmup, Result measured, Arrivals arrivals) {

    /** The sink before the measurement, right after it and at the end; and what is missing then, by path. */
    record Arrivals(Snapshot before, Snapshot after, Snapshot end, Map<String, Long> missing) {}

    /** Nothing lost, no two messages under one id, every signature right, and something measured at all. */
    boolean good() {
        return missing() == 0 && sameId() == 0 && badSignatures() == 0 && measured.acknowledged() > 0;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        arrivals.end().paths().forEach(path -> text.append(path).append(System.lineSeparator()));
        figures().forEach((name, value) -> text.append(String.format("%-22s %s%n", name, value)));
        return text.append(good() ? "PASS" : "FAIL, missing by path: " + arrivals.missing())
                .append(System.lineSeparator())
                .toString();
    }

    String json() {
        return json(figures()) + "\n";
    }

    private Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("cores", Runtime.getRuntime().availableProcessors());
        figures.put("java", Runtime.version().toString());
        figures.put("connections", connections);
        figures.put("targets", arrivals.end().paths().size());
        figures.put("seconds", rounded(measured.seconds()));
        figures.put("acknowledged", measured.acknowledged());
        figures.put("messagesPerSecond", rounded(measured.perSecond()));
        figures.put("ceilingPerSecond", rounded(ceiling.perSecond()));
        figures.put("shareOfCeiling", rounded(measured.perSecond() / ceiling.perSecond()));
        figures.put("deliveriesPerSecond", rounded(deliveriesPerSecond()));
        figures.put("p50Millis", rounded(measured.latencies().millis(0.50)));
        figures.put("p95Millis", rounded(measured.latencies().millis(0.95)));
        figures.put("p99Millis", rounded(measured.latencies().millis(0.99)));
        figures.put("maxMillis", rounded(measured.latencies().millis(1)));
        figures.put("drainedAfterSeconds", rounded(drainedAfterSeconds()));
        figures.put("stillArriving", stillArriving());
        figures.put("loadCoreShare", rounded(measured.coreShare()));
        figures.put("sinkCoreShare", rounded(sinkCoreShare()));
        figures.put("notAccepted", measured.trouble().refused());
        figures.put("broken", measured.trouble().broken());
        figures.put("reconnects", measured.trouble().reconnects());
        figures.put("sameId", sameId());
        figures.put("missing", missing());
        figures.put("repeats", arrivals.end().sum(Count::repeats));
        figures.put("badSignatures", badSignatures());
        figures.put("strays", arrivals.end().strays());
        return figures;
    }

    /** Distinct ones, at the sink, while the load ran. */
    private double deliveriesPerSecond() {
        long count = arrivals.after().sum(Count::deliveries) - arrivals.before().sum(Count::deliveries);
        return count / windowSeconds();
    }

    private double sinkCoreShare() {
        return (arrivals.after().cpuNanos() - arrivals.before().cpuNanos()) / 1e9 / windowSeconds();
    }

    private double windowSeconds() {
        return (arrivals.after().atNanos() - arrivals.before().atNanos()) / 1e9;
    }

    /** From the end of the load to the last delivery that was a first one. */
    private double drainedAfterSeconds() {
        long nanos = arrivals.end().sum(Count::deliveries) > arrivals.after().sum(Count::deliveries)
                ? lastNewAt() - arrivals.after().atNanos()
                : 0;
        return nanos / 1e9;
    }

    /** What is missing then may only be late. */
    private boolean stillArriving() {
        return missing() > 0 && arrivals.end().atNanos() - lastNewAt() < 1e9;
    }

    private long lastNewAt() {
        return arrivals.end().paths().stream().mapToLong(Count::lastNewAt).max().orElse(0);
    }

    private long missing() {
        return arrivals.missing().values().stream().mapToLong(Long::longValue).sum();
    }

    private long sameId() {
        return warmup.trouble().sameId() + measured.trouble().sameId();
    }

    private long badSignatures() {
        return arrivals.end().sum(Count::badSignatures);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().map(Report::member).collect(Collectors.joining(",", "{", "}"));
        }
        return value instanceof String ? "\"" + value + "\"" : value.toString();
    }

    private static String member(Entry<?, ?> entry) {
        return "\"" + entry.getKey() + "\":" + json(entry.getValue());
    }
}
