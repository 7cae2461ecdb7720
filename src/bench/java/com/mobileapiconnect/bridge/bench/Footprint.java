package com.mobileapiconnect.bridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a Java process on this machine (Linux) takes: sizes in KiB, the heap as it is after a full collection. */
record Footprint(long heapKib, long residentKib, long threads, long files) {

    private static final long HEAP_SLACK_KIB = 10 << 10;
    private static final long SLACK = 20;

    /** Beyond what one collection, one thread pool or one pool of connections may differ by. */
    boolean grewFrom(Footprint before) {
        return heapKib > before.heapKib + HEAP_SLACK_KIB
                || threads > before.threads + SLACK
                || files > before.files + SLACK;
    }

    @Override
    public String toString() {
        return "heap after GC %.1f MiB, resident %.0f MiB, threads %d, open files %d"
                .formatted(heapKib / 1024.0, residentKib / 1024.0, threads, files);
    }

    /** Looks at one process. */
    record Probe(String pid) {

        Footprint take() {
            jcmd("GC.run");
            long heap = number(jcmd("GC.heap_info"), "used ([0-9]+)K");
            try (Stream<Path> files = Files.list(Path.of("/proc", pid, "fd"))) {
                String status = Files.readString(Path.of("/proc", pid, "status"));
                return new Footprint(
                        heap,
                        number(status, "VmRSS:\\s+([0-9]+) kB"),
                        number(status, "Threads:\\s+([0-9]+)"),
                        files.count());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String jcmd(String command) {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            try {
                Process process = new ProcessBuilder(jcmd.toString(), pid, command)
                        .redirectErrorStream(true)
                        .start();
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static long number(String text, String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(text);
            if (!matcher.find()) {
                throw new IllegalStateException("No " + pattern + " in " + text);
            }
            return Long.parseLong(matcher.group(1));
        }
    }
}
