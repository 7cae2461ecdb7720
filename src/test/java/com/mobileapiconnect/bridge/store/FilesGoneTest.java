package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.server.ProcessEnd;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Eventually;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;

/** Files that are deleted or replaced under the running bridge take no message that is acknowledged. */
class FilesGoneTest {

    private static final AtomicInteger ENDED_WITH = new AtomicInteger();

    @TempDir
    Path directory;

    static class NoExit {
        @Bean
        ProcessEnd processEnd() {
            return ENDED_WITH::set;
        }
    }

    @BeforeEach
    void reset() {
        ENDED_WITH.set(0);
    }

    private static String sms(int n) {
        return "{\"id\":\"p-" + n + "\",\"from\":\"919876543210\",\"text\":\"hello\"}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge.db", "bridge.db-wal", "bridge.lock", "."})
    void phonesAreTold503AndTheProcessEnds(String gone) throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        try (RunningBridge bridge = RunningBridge.start(List.of(NoExit.class), data)) {
            Api phone = bridge.phone();
            phone.post("/v1/inbound", sms(1)).expect(202);

            Path aside = directory.resolve("aside");
            if (gone.equals(".")) {
                Files.move(data, aside);
                Files.createDirectory(data);
            } else {
                Files.move(data.resolve(gone), aside);
            }

            phone.post("/v1/inbound", sms(2)).expect(503);
            phone.post("/v1/inbound", sms(3)).expect(503);
            assertThat(bridge.nobody().get("/actuator/health").status()).isEqualTo(503);
            Eventually.within(30, () -> assertThat(ENDED_WITH).hasValue(74));
        }
    }
}
