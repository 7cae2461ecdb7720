package com.mobileapiconnect.bridge.tenant;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Keys have scopes and an expiry, which every list shows, and say when they were last used. */
@OnBothDatabases
class KeysTest {

    private static final SettableClock CLOCK = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    /** The bridge's time goes when a test says so. */
    static final class Time {
        @Bean
        @Primary
        Clock settableClock() {
            return CLOCK;
        }
    }

    private static Path directory;
    private static Database kind;
    private static String[] settings;
    private static RunningBridge bridge;

    private final String id = bridge.operator()
            .post("/v1/tenants", "{\"name\":\"T\"}")
            .expect(201)
            .at("/id");

    private final Api.Reply first =
            bridge.operator().post("/v1/tenants/" + id + "/keys").expect(201);

    private final Api tenant = bridge.operator().as(first.at("/key"));

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        directory = data;
        kind = database;
        settings = database.settings();
        bridge = RunningBridge.start(List.of(Time.class), data, settings);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private Api.Reply make(String fields) {
        return tenant.post("/v1/keys", fields.replace('\'', '"')).expect(201);
    }

    private Api with(Api.Reply key) {
        return tenant.as(key.at("/key"));
    }

    private static String in(Duration time) {
        return CLOCK.instant().plus(time).toString();
    }

    @Test
    void aKeyWithoutScopesIsOneForEverythingAndNeverEnds() {
        Api.Reply key = make("{}");
        assertThat(key.json().get("scopes")).hasSize(1);
        assertThat(key.at("/scopes/0")).isEqualTo("everything");
        assertThat(key.json().get("expiresAt").isNull()).isTrue();
        assertThat(key.json().get("lastUsedAt").isNull()).isTrue();
        assertThat(key.header("ETag")).isEqualTo("\"1\"");

        CLOCK.advance(Duration.ofDays(300));
        with(key).get("/v1/keys").expect(200);
    }

    @Test
    void scopesAndExpiryAreShownByEveryList() {
        Api.Reply key =
                make("{'name':'Technician','scopes':['devices','read'],'expiresAt':'" + in(Duration.ofDays(30)) + "'}");
        String path = "/v1/keys/" + key.at("/id");
        for (JsonNode shown : List.of(
                key.json(),
                tenant.get(path).expect(200).json(),
                tenant.get("/v1/keys").json().at("/data/0"),
                bridge.operator().get("/v1/tenants/" + id + "/keys").json().at("/data/0"),
                bridge.operator().get("/v1/tenants/" + id + path.substring(3)).json())) {
            assertThat(shown.get("scopes").toString()).isEqualTo("[\"read\",\"devices\"]");
            assertThat(Instant.parse(shown.get("expiresAt").asText()))
                    .isEqualTo(CLOCK.instant().plus(Duration.ofDays(30)));
            assertThat(shown.get("name").asText()).isEqualTo("Technician");
        }
        assertThat(tenant.get("/v1/audit?limit=1").at("/data/0/detail"))
                .isEqualTo("Technician (read devices, until " + in(Duration.ofDays(30)) + ")");
    }

    @Test
    void aKeyIsRefusedFromTheMomentOfItsExpiryAndToldSo() {
        Api.Reply made = make("{'expiresAt':'" + in(Duration.ofHours(1)) + "'}");
        Api key = with(made);
        key.get("/v1/keys").expect(200);
        CLOCK.advance(Duration.ofHours(1).minusMillis(1));
        key.get("/v1/keys").expect(200);
        CLOCK.advance(Duration.ofMillis(1));

        Api.Reply refused = key.get("/v1/keys").expect(401);
        assertThat(refused.at("/detail")).contains(made.at("/id"), "expired at " + CLOCK.instant());
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
        tenant.patch("/v1/keys/" + made.at("/id"), "{\"expiresAt\":\"" + in(Duration.ofHours(1)) + "\"}")
                .expect(200);
        key.get("/v1/keys").expect(200);
    }

    @Test
    void anExpiredKeyIsNoGuessAndNoUse() {
        Api.Reply made = make("{'expiresAt':'" + in(Duration.ofSeconds(10)) + "'}");
        CLOCK.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 80; i++) { // more than an address has wrong keys
            with(made).get("/v1/keys").expect(401);
        }
        tenant.as("sk_live_wrong-0123456789-0123456789-0123").get("/v1/keys").expect(401);
        assertThat(tenant.get("/v1/keys/" + made.at("/id"))
                        .json()
                        .get("lastUsedAt")
                        .isNull())
                .isTrue();
        assertThat(bridge.operator().get("/actuator/prometheus").text())
                .containsPattern("bridge_keys_wrong_total\\{result=\"refused\",what=\"expired\"\\} [1-9]");
    }

    @Test
    void aKeyThatEndsMakesNoneThatLastsLonger() {
        Api contractor = with(make("{'expiresAt':'" + in(Duration.ofDays(7)) + "'}"));

        Api.Reply refused = contractor.post("/v1/keys").expect(422);
        assertThat(refused.at("/errors/0/field")).isEqualTo("expiresAt");
        assertThat(refused.at("/detail")).contains("no later than " + in(Duration.ofDays(7)));
        contractor
                .post("/v1/keys", "{\"expiresAt\":\"" + in(Duration.ofDays(8)) + "\"}")
                .expect(422);
        contractor
                .post("/v1/keys", "{\"expiresAt\":\"" + in(Duration.ofDays(7)) + "\"}")
                .expect(201);
    }

    private String lastUse(Api.Reply key) {
        return tenant.get("/v1/keys/" + key.at("/id")).expect(200).at("/lastUsedAt");
    }

    private long writes(Api.Reply key) {
        return bridge.bean(Store.class)
                .read(sql -> sql.sql("select coalesce(max(last_used_at), 0) from credential where id = ?")
                        .param(key.at("/id"))
                        .query(Long.class)
                        .single());
    }

    @Test
    void theLastUseIsShownAtOnceAndWrittenLater() {
        eventually(this::aUseIsShownAtOnceAndWrittenLater); // the bridge itself writes uses down once a minute
    }

    private void aUseIsShownAtOnceAndWrittenLater() {
        Api.Reply key = make("{'scopes':['read']}");
        KeyUses uses = bridge.bean(KeyUses.class);
        assertThat(lastUse(key)).isEqualTo("null");

        with(key).get("/v1/rules").expect(200);
        with(key).post("/v1/rules", "{\"name\":\"R\"}").expect(403);
        Instant used = CLOCK.instant();
        assertThat(Instant.parse(lastUse(key))).isEqualTo(used);
        assertThat(writes(key)).isZero();
        uses.save();
        assertThat(writes(key)).isEqualTo(used.toEpochMilli());
        assertThat(Instant.parse(lastUse(key))).isEqualTo(used);

        CLOCK.advance(Duration.ofMillis(999));
        uses.save();
        with(key).get("/v1/rules").expect(200);
        CLOCK.advance(Duration.ofMillis(500));
        with(key).get("/v1/rules").expect(200);
        assertThat(Instant.parse(lastUse(key))).isEqualTo(used.plusMillis(999)); // to the second
        CLOCK.advance(Duration.ofMinutes(5));
        assertThat(Instant.parse(lastUse(key))).isEqualTo(used.plusMillis(999));
        uses.save();
        assertThat(writes(key)).isEqualTo(used.plusMillis(999).toEpochMilli());
    }

    @Test
    void whileTheStoreTakesNoWritesUsesWaitAndKeysAreJudgedAllTheSame() {
        Api.Reply key = make("{'scopes':['read'],'expiresAt':'" + in(Duration.ofHours(1)) + "'}");
        with(key).get("/v1/rules").expect(200);
        KeyUses uses = bridge.bean(KeyUses.class);
        try (Database.Outage outage = kind.outage(bridge)) {
            uses.save();
            with(key).post("/v1/rules", "{\"name\":\"R\"}").expect(403);
            CLOCK.advance(Duration.ofHours(1));
            with(key).get("/v1/rules").expect(401);
        }
        eventually(() -> {
            uses.save();
            assertThat(writes(key)).isPositive();
            tenant.post("/v1/rules", "{\"name\":\"R\"}").expect(201);
        });
    }

    @Test
    void theLastUseOfADeletedKeyBringsNothingBack() {
        Api.Reply key = make("{'scopes':['read']}");
        with(key).get("/v1/rules").expect(200);
        tenant.delete("/v1/keys/" + key.at("/id")).expect(204);
        bridge.bean(KeyUses.class).save();

        with(key).get("/v1/rules").expect(401);
        assertThat(tenant.get("/v1/keys").json().findValuesAsText("id")).containsExactly(first.at("/id"));
    }

    @Test
    void manyKeysAreWrittenInAFewUnits() {
        bridge.operator()
                .patch("/v1/tenants/" + id, "{\"limits\":{\"keys\":300}}")
                .expect(200);
        List<Api.Reply> keys = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            keys.add(make("{'scopes':['read']}"));
            with(keys.get(i)).get("/v1/rules?limit=1").expect(200);
        }
        bridge.bean(KeyUses.class).save();

        assertThat(keys).allSatisfy(key -> assertThat(writes(key))
                .isEqualTo(CLOCK.instant().toEpochMilli()));
    }

    @Test
    void anOrdinaryStopLosesNoUseNoScopeAndNoExpiry() {
        Api.Reply key = make("{'name':'ERP','scopes':['read','send'],'expiresAt':'" + in(Duration.ofHours(2)) + "'}");
        with(key).get("/v1/rules").expect(200);
        String before = tenant.get("/v1/keys/" + key.at("/id")).expect(200).text();
        bridge.close();
        CLOCK.advance(Duration.ofHours(1));
        bridge = RunningBridge.start(List.of(Time.class), directory, settings);
        Api again = bridge.operator().as(first.at("/key"));

        assertThat(again.get("/v1/keys/" + key.at("/id")).expect(200).text()).isEqualTo(before);
        again.as(key.at("/key")).get("/v1/outgoing").expect(200);
        again.as(key.at("/key")).post("/v1/rules", "{\"name\":\"R\"}").expect(403);
    }
}
