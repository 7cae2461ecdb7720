package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the first start makes and says by its settings. */
@OnBothDatabases
@ExtendWith(OutputCaptureExtension.class)
class FirstStartTest {

    @Test
    void theFirstTenantHasItsRegionAndAnyFreePortIsTheRealOneWhereverItIsSaid(
            Database database, @TempDir Path data, CapturedOutput output) {
        try (RunningBridge bridge = RunningBridge.start(data, database, "bridge.bootstrap.region=in")) {
            assertThat(bridge.operator().get("/v1/tenants").at("/data/0/region"))
                    .isEqualTo("IN");
            String here = "http://localhost:" + bridge.port();
            assertThat(bridge.tenant()
                            .post("/v1/devices", "{\"name\":\"p\"}")
                            .expect(201)
                            .at("/pairing/url"))
                    .startsWith(here + "/");
            assertThat(output.getOut())
                    .contains("Phones and gateways reach it at " + here + ", from this machine alone")
                    .doesNotContain("localhost:0");
        }
    }
}
