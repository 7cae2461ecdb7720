package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.server.ProcessEnd;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Eventually;
import com.mobileapiconnect.bridge.support.LongRunning;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are deleted or replaced under the running bridge take no message that is acknowledged. */
@LongRunning
class FilesGoneTest {

    @TempDir
    Path directory;

    /** In place of the exit of the process that all these bridges share. */
    static class Ended implements ProcessEnd {

        private final AtomicInteger with = new AtomicInteger();

        @Override
        public void end(int status) {
            with.set(status);
        }
    }

    private static String sms(int n) {
        return "{\"id\":\"p-" + n + "\",\"from\":\"919876543210\",\"text\":\"hello\"}";
    }

    /** Together, because each bridge has some seconds to answer its phones before it ends. */
    @Test
    void phonesAreTold503AndTheProcessEnds() throws Exception {
        List<RunningBridge> bridges = new ArrayList<>();
        try {
            for (String gone : List.of("bridge.db", "bridge.db-wal", "bridge.lock", ".")) {
                bridges.add(bridgeThatLost(gone));
            }
            for (RunningBridge bridge : bridges) {
                Eventually.within(
                        30, () -> assertThat(bridge.bean(Ended.class).with).hasValue(74));
            }
        } finally {
            bridges.forEach(RunningBridge::close);
        }
    }

    private RunningBridge bridgeThatLost(String gone) throws IOException {
        Path home = Files.createTempDirectory(directory, "home");
        Path data = Files.createDirectory(home.resolve("data"));
        RunningBridge bridge = RunningBridge.start(List.of(Ended.class), data);
        Api phone = bridge.phone();
        phone.post("/v1/inbound", sms(1)).expect(202);

        Path aside = home.resolve("aside");
        if (gone.equals(".")) {
            Files.move(data, aside);
            Files.createDirectory(data);
        } else {
            Files.move(data.resolve(gone), aside);
        }

        phone.post("/v1/inbound", sms(2)).expect(503);
        phone.post("/v1/inbound", sms(3)).expect(503);
        assertThat(bridge.nobody().get("/actuator/health").status()).as(gone).isEqualTo(503);
        return bridge;
    }
}
