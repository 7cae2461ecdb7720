package com.mobileapiconnect.bridge.outbox;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store is there and takes nothing: somebody else holds it. */
class StoreRefusesTest {

    private static final String RETRIES =
            "{\"initialDelay\":\"PT0.5S\",\"multiplier\":1,\"jitter\":0,\"maxAttempts\":1000}";

    @TempDir
    Path data;

    @Test
    void whileAnotherProcessHoldsTheDatabaseNothingIsTakenAndNothingIsCalled() throws SQLException {
        try (Receiver receiver = new Receiver().answering(503);
                RunningBridge bridge = RunningBridge.start(data)) {
            bridge.tenant()
                    .post(
                            "/v1/connections",
                            "{\"name\":\"c\",\"outboundUrl\":\"%s\",\"redelivery\":%s}"
                                    .formatted(receiver.url("/c"), RETRIES))
                    .expect(201);
            Api phone = bridge.phone();
            phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"before\"}").expect(202);
            eventually(() -> assertThat(receiver.requests()).hasSizeGreaterThan(1));

            String capture = "{\"id\":\"p-1\",\"from\":\"1\",\"text\":\"held up\"}";
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("bridge.db"));
                    Statement statement = other.createStatement()) {
                // The bridge is writing: wait for a gap between two commits, however slow the disk.
                statement.execute("pragma busy_timeout = 60000");
                statement.execute("begin immediate");
                Api.Reply refused = phone.post("/v1/inbound", capture).expect(503);
                assertThat(refused.header("Retry-After")).isNotEmpty();
                int calls = receiver.requests().size();
                phone.post("/v1/inbound", capture).expect(503);
                bridge.nobody().get("/actuator/health").expect(503);
                assertThat(receiver.requests()).hasSize(calls);
                bridge.tenant().get("/v1/messages").expect(200);
                statement.execute("rollback");
            }
            receiver.answering(200);
            eventually(() -> phone.post("/v1/inbound", capture).expect(202));
            eventually(() -> assertThat(bridge.tenant()
                            .get("/v1/deliveries?status=delivered")
                            .json()
                            .get("data"))
                    .hasSize(2));
            bridge.nobody().get("/actuator/health").expect(200);
        }
    }
}
