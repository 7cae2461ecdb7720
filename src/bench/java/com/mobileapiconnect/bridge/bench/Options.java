package com.mobileapiconnect.bridge.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The {@code --name value} pairs of a command line. */
final class Options {

    private final Map<String, List<String>> values;

    private Options(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Refuses a name that is not among the known ones, so that a slip of the pen is not a silent default. */
    static Options parse(String[] args, String... known) {
        Map<String, List<String>> values = new TreeMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!Set.of(known).contains(name) || i + 1 == args.length) {
                throw new IllegalArgumentException(
                        args[i] + " is not understood; each of --" + String.join(", --", known) + " takes one value");
            }
            values.computeIfAbsent(name, first -> new ArrayList<>()).add(args[i + 1]);
        }
        return new Options(values);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Optional<String> text(String name) {
        return all(name).stream().findFirst();
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException("--" + name + " must be given"));
    }

    double number(String name, double otherwise) {
        return text(name).map(Double::valueOf).orElse(otherwise);
    }
}
