package com.mobileapiconnect.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.tenant.AtOnce;
import com.mobileapiconnect.bridge.tenant.Limit;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** How much of a configuration is given out, and how often at once. */
class LongFileTest extends ConfigSuite {

    @Test
    void aFileEndsAtItsBoundWhateverItsPieces() {
        LongFile file = new LongFile();
        String piece = "é".repeat(1 << 19);
        for (int i = 0; i < 4; i++) {
            file.write(piece);
        }
        assertThat(file.bytes()).hasSize(LongFile.MOST);
        assertThatThrownBy(() -> file.write("x")).isInstanceOf(Problem.class).hasMessageContaining("longer than 4 MiB");
    }

    @Test
    void aConfigurationThatIsTooLongForAFileIsRefusedInWords() {
        String text = "\uD83D\uDE00".repeat(1_500);
        String reply = "{\"type\":\"reply\",\"text\":\"" + text + "\"}";
        String then = String.join(",", Collections.nCopies(20, reply));
        for (int i = 0; i < 40; i++) {
            tenant.post("/v1/rules", "{\"name\":\"r" + i + "\",\"then\":[" + then + "]}")
                    .expect(201);
        }
        assertThat(tenant.get("/v1/config").expect(409).at("/detail")).contains("GET /v1/rules");
    }

    @Test
    void fewConfigurationsOfATenantAreGivenOutAtOnce() {
        RunningBridge.NewTenant busy = bridge.newTenant();
        AtOnce atOnce = bridge.bean(AtOnce.class);
        Deque<AtOnce.Held> held = new ArrayDeque<>();
        try {
            assertThatThrownBy(() -> {
                        while (true) {
                            held.push(atOnce.take(busy.id(), Limit.LONG_REQUESTS_AT_ONCE));
                        }
                    })
                    .isInstanceOf(Problem.class);
            busy.api().get("/v1/config").expect(429);
            tenant.get("/v1/config").expect(200);
        } finally {
            held.forEach(AtOnce.Held::close);
        }
        busy.api().get("/v1/config").expect(200);
    }
}
