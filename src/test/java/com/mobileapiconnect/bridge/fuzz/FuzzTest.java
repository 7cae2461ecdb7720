package com.mobileapiconnect.bridge.fuzz;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;

/** The short form of {@link Fuzz}, with a seed that stays the same. */
@OnBothDatabases
class FuzzTest {

    private static final int SLACK = 30;

    @TempDir
    Path data;

    @Test
    void nonsenseIsRefusedWithoutAFaultOrALookInsideAndLeavesNothingOpen(Database database) throws Exception {
        try (RunningBridge bridge = RunningBridge.start(data, database)) {
            String contract = new ClassPathResource("openapi/openapi.yaml").getContentAsString(StandardCharsets.UTF_8);
            String token = bridge.tenant()
                    .post("/v1/devices", "{\"name\":\"fuzz\"}")
                    .expect(201)
                    .at("/token");
            FuzzRequests requests =
                    Fuzz.requests(1, contract, List.of(token, RunningBridge.TENANT_KEY, RunningBridge.OPERATOR_KEY));
            Fuzz fuzz = new Fuzz(URI.create(bridge.url()));
            fuzz.send(requests, 300);
            long files = openFiles();
            fuzz.send(requests, 2_700);

            assertThat(fuzz.faults()).isEmpty();
            assertThat(fuzz.statuses()).containsKeys("200", "400", "401", "403", "404", "405", "422");
            within(60, () -> assertThat(openFiles()).isLessThan(files + SLACK));
            Api phone = bridge.tenant().as(token);
            phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(202);
        }
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}
