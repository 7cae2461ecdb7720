package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A start that cannot be says why in one line, with what to do, and without a stack trace. */
class StartRefusalsTest {

    private static final String KEY = "one-and-the-same-key-0123456789-0123456789=";
    private static final int PAGE = 4096;

    @TempDir
    Path data;

    /** What the operator reads. */
    private String refusal(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--bridge.data-dir=" + data));
        Stream.of(settings).map(setting -> "--" + setting).forEach(arguments::add);
        Throwable failure = catchThrowable(() -> new SpringApplicationBuilder(BridgeApplication.class)
                .run(arguments.toArray(String[]::new))
                .close());
        assertThat(failure).as("the start fails").isNotNull();
        FailureAnalysis analysis = new StartFailure().analyze(failure);
        assertThat(analysis).as("no stack trace for " + failure).isNotNull();
        assertThat(analysis.getDescription()).doesNotContain("\n").doesNotContain(KEY);
        return analysis.getDescription();
    }

    @Test
    void keysThatAreEqualAreRefused() {
        assertThat(refusal("bridge.bootstrap.api-key=" + KEY, "bridge.operator-key=" + KEY))
                .isEqualTo("BRIDGE_BOOTSTRAP_API_KEY and BRIDGE_OPERATOR_KEY are the same key. Give each its own, or"
                        + " omit one to have it generated.");
        assertThat(refusal("bridge.master-key=" + KEY, "bridge.operator-key=" + KEY))
                .startsWith("BRIDGE_OPERATOR_KEY and BRIDGE_MASTER_KEY are the same key.");
        assertThat(data.resolve("bridge.db")).doesNotExist();
    }

    @Test
    void anOperatorsKeyThatIsATenantsInTheStoreIsRefused() {
        RunningBridge.start(data).close();

        assertThat(refusal("bridge.operator-key=" + RunningBridge.TENANT_KEY))
                .startsWith("BRIDGE_OPERATOR_KEY is already the key of somebody else");
        RunningBridge.start(data).close();
    }

    @Test
    void aKeyThatIsTooShortIsRefused() {
        assertThat(refusal("bridge.operator-key=short")).startsWith("BRIDGE_OPERATOR_KEY must be at least 32");
    }

    @Test
    void aDatabaseThatIsNoneIsSaid() throws IOException {
        byte[] noise = new byte[10 * PAGE];
        new Random(1).nextBytes(noise);
        Files.write(data.resolve("bridge.db"), noise);

        assertThat(refusal()).contains("bridge.db", "backup");
    }

    @Test
    void aDatabaseWithDamagedPagesIsSaid() throws IOException {
        RunningBridge.start(data).close();
        byte[] noise = new byte[PAGE];
        Arrays.fill(noise, (byte) 0xff);
        try (RandomAccessFile file =
                new RandomAccessFile(data.resolve("bridge.db").toFile(), "rw")) {
            for (long page = 1; page < file.length() / PAGE; page++) {
                file.seek(page * PAGE);
                file.write(noise);
            }
        }
        assertThat(refusal()).contains("bridge.db", "damaged", "backup");
    }

    @Test
    void aDatabaseThatWasCutIsSaid() throws IOException {
        RunningBridge.start(data).close();
        try (RandomAccessFile file =
                new RandomAccessFile(data.resolve("bridge.db").toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertThat(refusal()).contains("bridge.db", "backup");
    }
}
