package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Says in which part of a bridge the processor time of a phase went, by Flight Recorder's samples: of processor time
 * where the bridge's Java has them (25), otherwise of running threads, which miss what the kernel does.
 */
final class Stages {

    private static final String PRODUCT = "com.mobileapiconnect.bridge.";
    private static final int WIDEST = 40;
    private static final String SETTINGS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.CPUTimeSample"><setting name="enabled">true</setting><setting name="throttle">5 ms</setting></event>
              <event name="jdk.ExecutionSample"><setting name="enabled">true</setting><setting name="period">10 ms</setting></event>
            </configuration>
            """;

    private final Path java;
    private final long pid;
    private final Path recording;

    private Stages(Path java, long pid, Path recording) {
        this.java = java;
        this.pid = pid;
        this.recording = recording;
    }

    static Stages record(Path java, long pid) throws IOException, InterruptedException {
        Path settings = Files.writeString(Files.createTempFile("cost", ".jfc"), SETTINGS);
        Path recording = Files.createTempFile("cost", ".jfr");
        Stages stages = new Stages(java, pid, recording);
        stages.jcmd("JFR.start", "name=cost", "settings=" + settings, "filename=" + recording);
        return stages;
    }

    /** Ends the recording and prints each package's share, and the methods of the product with the most samples. */
    void print(long deliveries) throws IOException, InterruptedException {
        jcmd("JFR.stop", "name=cost");
        List<RecordedEvent> all = RecordingFile.readAllEvents(recording);
        List<RecordedEvent> ofCpu = only(all, "jdk.CPUTimeSample");
        List<RecordedEvent> samples = ofCpu.isEmpty() ? only(all, "jdk.ExecutionSample") : ofCpu;
        Map<String, Long> stages = count(samples, true);
        Map<String, Long> leaves = count(samples, false);
        System.out.printf(
                "  %d samples for %d deliveries; by the innermost package of the product%n",
                samples.size(), deliveries);
        print(stages, samples.size());
        System.out.println("  by the innermost method of all");
        print(leaves, samples.size());
    }

    private static void print(Map<String, Long> counts, int all) {
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(WIDEST)
                .forEach(entry -> System.out.printf(
                        Locale.ROOT, "  %5.1f %%  %s%n", 100.0 * entry.getValue() / all, entry.getKey()));
    }

    private static Map<String, Long> count(List<RecordedEvent> samples, boolean byStage) {
        return samples.stream()
                .collect(Collectors.groupingBy(
                        event -> byStage ? stage(event) : leaf(event), TreeMap::new, Collectors.counting()));
    }

    private static List<RecordedEvent> only(List<RecordedEvent> all, String type) {
        return all.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .filter(event -> event.getStackTrace() != null)
                .toList();
    }

    private static String stage(RecordedEvent event) {
        return frames(event).stream()
                .map(frame -> frame.getMethod().getType().getName())
                .filter(name -> name.startsWith(PRODUCT))
                .findFirst()
                .map(name -> name.substring(PRODUCT.length()))
                .map(name -> name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name)
                .orElseGet(() -> "- " + outermost(event));
    }

    /** Without a frame of the product the outermost ones tell whose thread it is. */
    private static String outermost(RecordedEvent event) {
        return frames(event).stream()
                .map(frame -> frame.getMethod().getType().getName())
                .filter(name -> !name.startsWith("java.lang."))
                .reduce((inner, outer) -> outer)
                .orElse("?");
    }

    private static String leaf(RecordedEvent event) {
        return frames(event).stream()
                .findFirst()
                .map(frame -> frame.getMethod().getType().getName() + "."
                        + frame.getMethod().getName())
                .orElse("?");
    }

    private static List<RecordedFrame> frames(RecordedEvent event) {
        return Optional.ofNullable(event.getStackTrace())
                .map(RecordedStackTrace::getFrames)
                .orElse(List.of());
    }

    private void jcmd(String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of(java.resolve("bin/jcmd").toString(), Long.toString(pid)));
        whole.addAll(List.of(command));
        Process process = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("Flight Recorder did not obey " + String.join(" ", command));
        }
    }
}
