package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a Java process on this machine (Linux) has used of the processors, those of its threads that have ended included
 * in {@code seconds}.
 *
 * @param threads the living ones, by number
 */
record ProcessCpu(double seconds, Map<String, Used> threads) {

    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern SWITCHES = Pattern.compile("voluntary_ctxt_switches:\\s+(\\d+)");

    /** CPU seconds, and how many times a thread went to sleep, so that somebody had to wake it. */
    record Share(double seconds, long sleeps) {
        Share plus(Share other) {
            return new Share(seconds + other.seconds, sleeps + other.sleeps);
        }

        Share minus(Share other) {
            return new Share(seconds - other.seconds, sleeps - other.sleeps);
        }
    }

    /** @param name of a thread, without its number among those of the same name */
    record Used(String name, Share share) {

        /** The number of a thread that has ended may be another's by now. */
        Used since(@Nullable Used before) {
            return before == null || !before.name.equals(name) ? this : new Used(name, share.minus(before.share));
        }
    }

    static ProcessCpu of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> all = Files.list(process.resolve("task"))) {
            Map<String, Used> threads = new HashMap<>();
            all.forEach(thread -> threads.put(
                    thread.getFileName().toString(),
                    new Used(name(thread), new Share(used(thread.resolve("stat")), sleeps(thread)))));
            return new ProcessCpu(used(process.resolve("stat")), threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessCpu since(ProcessCpu before) {
        Map<String, Used> since = new HashMap<>();
        threads.forEach((number, used) -> since.put(number, used.since(before.threads.get(number))));
        return new ProcessCpu(seconds - before.seconds, since);
    }

    double withoutCompilers() {
        return seconds
                - threads.values().stream()
                        .filter(used ->
                                used.name().startsWith("C1 ") || used.name().startsWith("C2 "))
                        .mapToDouble(used -> used.share().seconds())
                        .sum();
    }

    long sleeps() {
        return threads.values().stream()
                .mapToLong(used -> used.share().sleeps())
                .sum();
    }

    /** Per 1,000 deliveries and name of threads, the dearest first. */
    String byThread(long deliveries) {
        Map<String, Share> byName = new TreeMap<>();
        threads.values().forEach(used -> byName.merge(used.name(), used.share(), Share::plus));
        return byName.entrySet().stream()
                .sorted((one, other) -> Double.compare(
                        other.getValue().seconds(), one.getValue().seconds()))
                .limit(14)
                .map(entry -> String.format(
                        Locale.ROOT,
                        "  %-16s %7.4f CPU s, %6.0f sleeps per 1,000%n",
                        entry.getKey(),
                        entry.getValue().seconds() * 1000 / deliveries,
                        entry.getValue().sleeps() * 1000.0 / deliveries))
                .collect(Collectors.joining());
    }

    private static String name(Path thread) {
        return read(thread.resolve("comm")).strip().replaceAll("(?<!^C)[0-9]+.*$", "");
    }

    /** Fields 14 and 15, user and system; the second, a name in brackets, may have spaces. */
    private static double used(Path stat) {
        String line = read(stat);
        if (line.isEmpty()) {
            return 0;
        }
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static long sleeps(Path thread) {
        Matcher matcher = SWITCHES.matcher(read(thread.resolve("status")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** A thread may end between the listing and the look. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
