package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.BridgeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a start takes until it is ready, on Linux: time, seconds of the processor, resident memory. */
final class Start {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private Start() {}

    /**
     * {@code java -cp target/classes:target/test-classes:… com.mobileapiconnect.bridge.bench.Start} ({@code --starts 3
     * --options "-XX:SharedArchiveFile=target/classes.jsa"}: of the runtime). The jar has to be built before. The first start,
     * which makes the database, is not shown.
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args, "starts", "options", "jar");
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-Xmx192m", "-XX:+ExitOnOutOfMemoryError"));
        options.text("options").ifPresent(more -> command.addAll(Arrays.asList(more.split(" "))));
        command.addAll(List.of("-jar", options.text("jar").orElse("target/erp-bridge.jar")));
        Path data = Files.createTempDirectory("starts");
        for (int i = 0; i <= options.number("starts", 3); i++) {
            long begun = System.nanoTime();
            try (BridgeProcess bridge =
                    BridgeProcess.launch(command, Path.of("").toAbsolutePath(), data, Map.of())) {
                bridge.awaitReady();
                String took = "%.2f s, %.2f s of the processor, %d MB resident"
                        .formatted(
                                (System.nanoTime() - begun) / 1e9, processor(bridge.pid()), residentMb(bridge.pid()));
                if (i > 0) {
                    System.out.println(took);
                }
            }
        }
    }

    private static double processor(long pid) {
        Duration taken = ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        return taken.toMillis() / 1e3;
    }

    private static long residentMb(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                >> 10;
    }
}
