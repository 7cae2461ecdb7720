package com.mobileapiconnect.bridge.retention;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.stats.RollUp;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ages out beside messages: by setting, or as soon as nothing refers to it. */
@OnBothDatabases
class AgeingTest {

    private static final Duration DAYS_90 = Duration.ofDays(90);

    static RunningBridge bridge;

    private final SettableClock clock = new SettableClock(Instant.now());
    private String tenantId;
    private Api tenant;
    private Api phone;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(data, database);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void tenantWithPhone() {
        RunningBridge.NewTenant made = bridge.newTenant();
        tenantId = made.id();
        tenant = made.api();
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"P\",\"outbox\":true}")
                .expect(201)
                .at("/token"));
    }

    private void age(Duration by, Duration outgoing) {
        clock.advance(by);
        new Retention(
                        List.copyOf(bridge.beans(TableOwner.class)),
                        bridge.bean(Store.class),
                        bridge.bean(WriterSteps.class),
                        clock,
                        new RetentionSettings(
                                DAYS_90,
                                DAYS_90,
                                DAYS_90,
                                outgoing,
                                Duration.ofDays(400),
                                Duration.ofDays(7),
                                Duration.ofDays(400),
                                Duration.ofDays(1)),
                        new SimpleMeterRegistry())
                .run();
    }

    private void age(Duration by) {
        age(by, DAYS_90);
    }

    private long rows(String query) {
        return bridge.bean(Store.class).read(sql -> sql.sql("select count(*) from " + query)
                .param("tenant", tenantId)
                .query(Long.class)
                .single());
    }

    private String send(String to, String ref) {
        return tenant.post(
                        "/v1/messages",
                        "{\"to\":\"%s\",\"text\":\"hello\",\"ref\":%s}".formatted(to, ref == null ? "null" : "\"INV\""))
                .expect(202)
                .at("/id");
    }

    private List<String> outgoing() {
        return tenant.get("/v1/outgoing").json().findValuesAsText("id");
    }

    private String arrive(String text) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    @Test
    void outgoingSmsGoWhenTheyAndTheirRefsHaveEnded() {
        String plain = send("919876543210", null);
        String withRef = send("919876543211", "INV");
        for (String id : List.of(plain, withRef)) {
            phone.post("/v1/outbox/" + id, "{\"status\":\"delivered\"}").expect(200);
        }
        String queued = send("919876543212", null);

        age(Duration.ofHours(1), Duration.ofMillis(1)); // the loop guard looks back a day
        assertThat(outgoing()).containsExactlyInAnyOrder(plain, withRef, queued);
        age(Duration.ofDays(90));
        assertThat(outgoing()).containsExactlyInAnyOrder(withRef, queued);
        age(Duration.ofDays(4));
        assertThat(outgoing()).containsExactly(queued);
    }

    @Test
    void theAuditLogIsKeptFor400Days() {
        age(Duration.ofDays(399));
        assertThat(tenant.get("/v1/audit").json().get("data")).isNotEmpty();
        age(Duration.ofDays(2));
        assertThat(tenant.get("/v1/audit").json().get("data")).isEmpty();
    }

    @Test
    void aFormOfARuleStaysAsLongAsAMessageWasHeldAgainstIt() {
        String rule = tenant.post("/v1/rules", rule("one")).expect(201).at("/id");
        String message = arrive("one");
        tenant.put("/v1/rules/" + rule, rule("two")).expect(200);
        tenant.put("/v1/rules/" + rule, rule("three")).expect(200);
        assertThat(rows("rule where tenant_id = :tenant")).isEqualTo(3);

        age(Duration.ofMinutes(30));
        assertThat(rows("rule where tenant_id = :tenant")).isEqualTo(3);
        age(Duration.ofHours(1));
        assertThat(rows("rule where tenant_id = :tenant")).isEqualTo(2);
        assertThat(tenant.get("/v1/messages/" + message).at("/evaluation/0/matched"))
                .isEqualTo("true");

        age(DAYS_90);
        assertThat(rows("rule where tenant_id = :tenant")).isEqualTo(1);
        assertThat(tenant.get("/v1/rules").json().at("/data/0/when/value").asText())
                .isEqualTo("three");
    }

    private static String rule(String text) {
        return "{\"name\":\"R\",\"when\":{\"field\":\"text\",\"op\":\"equals\",\"value\":\"" + text
                + "\"},\"then\":[]}";
    }

    @Test
    void aDeletedTargetStaysAsANameUntilItsLastDeliveryAndItsCountsGo() {
        try (Receiver receiver = new Receiver()) {
            String target = tenant.post(
                            "/v1/connections", "{\"name\":\"Old ERP\",\"outboundUrl\":\"" + receiver.url("/") + "\"}")
                    .expect(201)
                    .at("/id");
            String unused = tenant.post(
                            "/v1/connections",
                            "{\"name\":\"Unused\",\"outboundUrl\":\"" + receiver.url("/")
                                    + "\",\"when\":{\"field\":\"text\",\"op\":\"equals\",\"value\":\"never\"}}")
                    .expect(201)
                    .at("/id");
            String message = arrive("hello");
            eventually(() -> assertThat(tenant.get("/v1/messages/" + message).at("/deliveries/0/status"))
                    .isEqualTo("delivered"));
            tenant.delete("/v1/connections/" + target).expect(204);
            tenant.delete("/v1/connections/" + unused).expect(204);

            age(Duration.ofHours(2));
            assertThat(rows("target where tenant_id = :tenant")).isEqualTo(1);
            assertThat(tenant.get("/v1/messages/" + message).at("/deliveries/0/target/name"))
                    .isEqualTo("Old ERP");
            bridge.bean(RollUp.class).run();
            age(DAYS_90);
            assertThat(rows("delivery where tenant_id = :tenant")).isZero();
            assertThat(rows("target where tenant_id = :tenant"))
                    .as("it is counted still")
                    .isEqualTo(1);
            age(Duration.ofDays(400));
            age(Duration.ofHours(1));
            assertThat(rows("hourly where tenant_id = :tenant")).isZero();
            assertThat(rows("target where tenant_id = :tenant")).isZero();
        }
    }

    @Test
    void theHealthOfATargetGoesWithIt() {
        String live = tenant.post("/v1/connections", "{\"name\":\"A\",\"outboundUrl\":\"http://127.0.0.1:9/\"}")
                .expect(201)
                .at("/id");
        for (String id : List.of(live, "con_gone")) {
            bridge.bean(Store.class).writeNow(tx -> tx.sql()
                    .sql("insert into target_health (target_id, failing_since) values (?, 0)")
                    .param(id)
                    .update());
        }
        age(Duration.ofMinutes(1));
        assertThat(rows("target_health where target_id = 'con_gone' and :tenant <> ''"))
                .isZero();
        assertThat(rows("target_health where target_id = '" + live + "' and :tenant <> ''"))
                .isEqualTo(1);
    }

    @Test
    void aReplayThatHasEndedCanBeAskedForUntilItAgesOut() {
        try (Receiver receiver = new Receiver().answering(500)) {
            tenant.post(
                            "/v1/connections",
                            "{\"name\":\"ERP\",\"outboundUrl\":\"" + receiver.url("/")
                                    + "\",\"redelivery\":{\"maxAttempts\":1}}")
                    .expect(201);
            String message = arrive("hello");
            eventually(() -> assertThat(tenant.get("/v1/messages/" + message).at("/deliveries/0/status"))
                    .isEqualTo("failed"));
            receiver.answering(200);
            Api.Reply replay = tenant.post("/v1/deliveries/replay", "{\"status\":\"failed\"}")
                    .expect(202);
            assertThat(replay.at("/matched")).isEqualTo("1");
            String job = "/v1/jobs/" + replay.at("/job");
            eventually(() -> assertThat(tenant.get(job).at("/status")).isEqualTo("done"));
            eventually(() -> assertThat(tenant.get("/v1/messages/" + message).at("/deliveries/0/status"))
                    .isEqualTo("delivered"));
            age(Duration.ofDays(6));
            assertThat(tenant.get(job).at("/done")).isEqualTo("1");
            age(Duration.ofDays(2));
            assertThat(tenant.get(job).status()).isEqualTo(404);
        }
    }
}
