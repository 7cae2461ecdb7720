package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process of its own, guarded as the bridge is, gets into a state from which it would not end. */
class ProcessGuardTest {

    /** The guarded process. */
    static final class Guarded {

        private Guarded() {}

        public static void main(String[] args) throws InterruptedException {
            ProcessGuard.install(Duration.ofSeconds(1));
            if (args[0].equals("hangs")) {
                Runtime.getRuntime().addShutdownHook(new Thread(Guarded::hang));
            } else {
                new Thread(() -> {
                            throw new OutOfMemoryError("for the test");
                        })
                        .start();
            }
            System.out.println("ready");
            hang();
        }

        private static void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Process start(String state) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Guarded.class.getName(),
                        state)
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void aStopThatHangsIsCutShort() throws Exception {
        Process process = start("hangs");
        String output = "";
        while (!output.endsWith("ready")) {
            output += (char) process.getInputStream().read();
        }
        process.destroy();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(output).contains("Started without -XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void aThreadWithoutMemoryEndsTheProcess() throws Exception {
        Process process = start("full");
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
    }
}
