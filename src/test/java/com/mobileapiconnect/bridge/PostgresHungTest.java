package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.OnPostgresql;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database server neither answers nor refuses, as on a disk that hangs: phones are told so, and it goes on by itself. */
@OnPostgresql
class PostgresHungTest {

    private static final String TARGET = """
            {"url":"%s","redelivery":{"initialDelay":"PT1S","multiplier":1,"maxAttempts":1000}}""";
    private static final int WAITING = 20;
    // The calls under way, and the answers that wait to be written: see the design.
    private static final int CALLS_THAT_MAY_FOLLOW = 8 * 5;

    @TempDir
    Path data;

    @Test
    void aServerThatHangsIsNeverTakenForOneThatKeeps() {
        try (PostgresServer server = PostgresServer.start();
                Receiver receiver = new Receiver().answering(503);
                RunningBridge bridge = start(server)) {
            bridge.tenant()
                    .put("/v1/webhooks", TARGET.formatted(receiver.url("/erp")))
                    .expect(200);
            Api phone = bridge.phone();
            for (int n = 0; n < WAITING; n++) {
                String message = message("before-" + n);
                // On a busy machine a database may take as long though it is well.
                eventually(() -> phone.post("/v1/inbound", message).expect(202));
            }
            eventually(() -> assertThat(deliveries(receiver)).isNotEmpty());

            server.freeze();
            int calls = receiver.requests().size();
            try {
                Api.Reply refused =
                        phone.post("/v1/inbound", message("meanwhile")).expect(503);
                assertThat(refused.header("Retry-After")).isNotBlank();
                bridge.nobody().get("/actuator/health").expect(503);
                phone.post("/v1/inbound", message("meanwhile")).expect(503);
                assertThat(receiver.requests().size() - calls).isLessThanOrEqualTo(CALLS_THAT_MAY_FOLLOW);
                receiver.answering(200);
            } finally {
                server.thaw();
            }
            within(60, () -> phone.post("/v1/inbound", message("meanwhile")).expect(202));
            within(60, () -> assertThat(bridge.tenant()
                            .get("/v1/deliveries?status=delivered")
                            .expect(200)
                            .json()
                            .at("/data"))
                    .hasSize(WAITING + 1));
            assertThat(deliveries(receiver)).hasSize(WAITING + 1);
            eventually(() -> bridge.nobody().get("/actuator/health").expect(200));
        }
    }

    private RunningBridge start(PostgresServer server) {
        String[] settings = PostgresServer.settings(server.emptyDatabase());
        return RunningBridge.start(data, settings[0], settings[1], "bridge.database.answer-within=PT5S");
    }

    private static String message(String id) {
        return "{\"id\":\"%s\",\"from\":\"919876543210\",\"text\":\"balance\"}".formatted(id);
    }

    private static Set<String> deliveries(Receiver receiver) {
        return receiver.requests().stream()
                .map(got -> got.header("X-MAC-Delivery"))
                .collect(Collectors.toSet());
    }
}
