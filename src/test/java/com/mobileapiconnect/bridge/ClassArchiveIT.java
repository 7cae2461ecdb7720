package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Eventually;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The archive of classes that the bridge makes for its next start. */
class ClassArchiveIT {

    private static final String MADE = "The next start uses the archive of classes";

    @TempDir
    Path directory;

    private Path jar;
    private Path archive;

    @BeforeEach
    void copy() throws IOException {
        jar = Files.copy(
                Path.of("target/erp-bridge.jar"),
                directory.resolve("erp-bridge.jar"),
                StandardCopyOption.COPY_ATTRIBUTES);
        archive = directory.resolve("classes.archive");
    }

    static Stream<Path> javaHomes() {
        return BridgeProcess.javaHomes();
    }

    private BridgeProcess start(Path java, String... more) {
        boolean hasCache = Runtime.Version.parse(version(java)).feature() >= 25;
        List<String> command = new ArrayList<>(List.of(
                java.resolve("bin/java").toString(),
                "-Xmx192m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1", // it lives for seconds
                (hasCache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive));
        command.addAll(List.of(more));
        command.addAll(List.of("-jar", jar.toString()));
        return BridgeProcess.launch(
                        command,
                        directory,
                        directory.resolve("data"),
                        Map.of(
                                "BRIDGE_CLASS_ARCHIVE_AFTER", "PT1S",
                                "BRIDGE_CLASS_ARCHIVE_NICE", "0", // other tests leave little
                                "BRIDGE_OPERATOR_KEY", RunningBridge.OPERATOR_KEY))
                .awaitReady();
    }

    private static String version(Path java) {
        try (Stream<String> release = Files.lines(java.resolve("release"))) {
            return release.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll(".*\"(.*)\"", "$1"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long fromArchive(Path classes) throws IOException {
        try (Stream<String> lines = Files.lines(classes)) {
            return lines.filter(line -> line.contains("com.mobileapiconnect.bridge") && line.contains("shared objects"))
                    .count();
        }
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void aStartMakesTheArchiveThatTheNextOneUses(Path java) throws IOException {
        try (BridgeProcess first = start(java)) {
            Eventually.within(600, () -> assertThat(first.output()).contains(MADE));
        }
        byte[] made = Files.readAllBytes(archive);

        Path classes = directory.resolve("classes.log");
        try (BridgeProcess second = start(java, "-Xlog:class+load:file=" + classes)) {
            assertThat(fromArchive(classes)).isGreaterThan(500);
            assertThat(second.output()).doesNotContain(MADE);
        }
        assertThat(Files.readAllBytes(archive)).isEqualTo(made);
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void anArchiveOfAnotherJarIsMadeAnew() throws IOException {
        Files.writeString(archive, "of another jar");
        Files.writeString(directory.resolve("classes.archive.of"), "another jar");
        try (BridgeProcess bridge = start(Path.of(System.getProperty("java.home")))) {
            Eventually.within(600, () -> assertThat(bridge.output()).contains(MADE));
        }
        assertThat(Files.size(archive)).isGreaterThan(1_000_000);
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }
}
