package com.mobileapiconnect.bridge.phone;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SettableClock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A phone is paired by a link, gives signs of life, is missed when it gives none, and is back. */
@OnBothDatabases
class PhoneLifeTest {

    private static final SettableClock CLOCK = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private static final Duration DAY = Duration.ofHours(24);

    /** The bridge's time goes when a test says so. */
    static final class Time {
        @Bean
        @Primary
        Clock settableClock() {
            return CLOCK;
        }
    }

    private static Path directory;
    private static String[] settings;
    private static RunningBridge bridge;
    private static Receiver receiver;

    private String key;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        directory = data;
        settings = database.settings();
        bridge = RunningBridge.start(List.of(Time.class), data, settings);
        receiver = new Receiver();
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
        receiver.close();
    }

    @BeforeEach
    void makeTenant() {
        Api operator = bridge.operator();
        String id = operator.post("/v1/tenants", "{\"name\":\"T\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(201)
                .at("/id");
        key = operator.post("/v1/tenants/" + id + "/keys").expect(201).at("/key");
    }

    /** Asked for anew after a restart, because the port is another one. */
    private Api tenant() {
        return bridge.nobody().as(key);
    }

    private Api.Reply pair(String fields) {
        return tenant().post("/v1/devices", "{\"name\":\"Front desk\"" + fields.replace('\'', '"') + "}")
                .expect(201);
    }

    private static String codeOf(String link) {
        return link.substring(link.indexOf("#pair=") + "#pair=".length());
    }

    private static Api.Reply use(String code) {
        return bridge.nobody().post("/v1/pairing", "{\"code\":\"" + code + "\"}");
    }

    private JsonNode device(Api.Reply paired) {
        return tenant().get("/v1/devices/" + paired.at("/id")).expect(200).json();
    }

    private static void inbound(Api phone) {
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"t\"}").expect(202);
    }

    // Links

    @Test
    void aLinkGivesTheTokenOfTheDeviceOnceAndNeedsNothingElse() {
        Api.Reply paired = pair(",'number':'911234500000','manage':true");
        String link = paired.at("/pairing/link");
        assertThat(link).startsWith("http://localhost:" + bridge.port() + "/phone#pair=");
        assertThat(paired.at("/pairing/url")).isEqualTo(link);
        assertThat(Instant.parse(paired.at("/pairing/expiresAt")))
                .isEqualTo(CLOCK.instant().plus(Duration.ofMinutes(10)));

        Api.Reply used = use(codeOf(link)).expect(200);
        assertThat(used.at("/token")).isEqualTo(paired.at("/token"));
        assertThat(used.at("/deviceId")).isEqualTo(paired.at("/id"));
        assertThat(used.at("/url")).endsWith("/v1/inbound");
        assertThat(used.at("/manage")).isEqualTo("true");
        inbound(tenant().as(used.at("/token")));

        Api.Reply again = use(codeOf(link)).expect(410);
        assertThat(again.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(again.at("/detail"))
                .contains("used already", "new one", "/v1/devices/" + paired.at("/id") + "/pairing");
        assertThat(tenant().get("/v1/audit?limit=1").at("/data/0/action")).isEqualTo("device.pair");
    }

    /** It needs no key to be asked about. */
    @Test
    void aLinkThatIsGoodNoMoreTakesNoTimeOfTheWriter() {
        String code = codeOf(pair("").at("/pairing/link"));
        use(code).expect(200);
        DistributionSummary groups =
                bridge.bean(MeterRegistry.class).get("bridge.store.group").summary();
        long before = groups.count();
        for (int i = 0; i < 40; i++) {
            use(code).expect(410);
        }
        assertThat(groups.count() - before).as("commits, also of others").isLessThan(20);
    }

    @Test
    void aLinkIsGoodForTenMinutesAndThenSaysSo() {
        Api.Reply early = pair("");
        Api.Reply late = pair("");
        CLOCK.advance(Duration.ofMinutes(10).minusMillis(1));
        use(codeOf(early.at("/pairing/link"))).expect(200);
        CLOCK.advance(Duration.ofMillis(1));

        assertThat(use(codeOf(late.at("/pairing/link"))).expect(410).at("/detail"))
                .contains("was good until", "new one");
        inbound(tenant().as(late.at("/token")));
    }

    @Test
    void aNewLinkEndsTheOneBeforeAndTheTokenBeforeOnceItIsUsed() {
        Api.Reply paired = pair("");
        Api old = tenant().as(paired.at("/token"));
        Api.Reply link =
                tenant().post("/v1/devices/" + paired.at("/id") + "/pairing").expect(201);

        use(codeOf(paired.at("/pairing/link"))).expect(401);
        inbound(old);
        String token = use(codeOf(link.at("/link"))).expect(200).at("/token");
        assertThat(token).isNotEqualTo(paired.at("/token"));
        old.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(401);
        inbound(tenant().as(token));
        bridge.newTenant()
                .api()
                .post("/v1/devices/" + paired.at("/id") + "/pairing")
                .expect(404);
    }

    @Test
    void ofTwoWhoUseALinkAtOnceOneIsPaired() {
        for (int round = 0; round < 5; round++) {
            String code = codeOf(pair("").at("/pairing/link"));
            CyclicBarrier together = new CyclicBarrier(2);
            List<CompletableFuture<Integer>> both = new ArrayList<>();
            for (int caller = 0; caller < 2; caller++) {
                both.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        together.await(10, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return use(code).status();
                }));
            }
            assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 410);
        }
    }

    @Test
    void anAppsPageIsGivenItsOwnUrlAndKeyAndAProvidersNoKey() {
        Api.Reply app = pair(",'adapter':'android-sms-gateway','signingKey':'k1234567'");
        assertThat(app.at("/pairing/url")).endsWith("/v1/inbound/android-sms-gateway/" + app.at("/token"));
        Api.Reply used = use(codeOf(app.at("/pairing/link"))).expect(200);
        assertThat(used.at("/url")).isEqualTo(app.at("/pairing/url"));
        assertThat(used.at("/signingKey")).isEqualTo("k1234567");

        Api.Reply provider = pair(",'adapter':'twilio','signingKey':'the-token-of-the-account'");
        assertThat(use(codeOf(provider.at("/pairing/link"))).expect(200).text())
                .doesNotContain("the-token-of-the-account");
    }

    @Test
    void theStoreHasNeitherCodesNorTokensInTheClearAndALinkSurvivesARestart() {
        Api.Reply paired = pair("");
        String code = codeOf(paired.at("/pairing/link"));
        List<String> rows = bridge.bean(Store.class)
                .read(sql -> sql.sql("select code_hash, token from pairing where token is not null")
                        .query((row, n) -> row.getString(1) + new String(row.getBytes(2), StandardCharsets.ISO_8859_1))
                        .list());
        assertThat(rows).isNotEmpty();
        assertThat(String.join("\n", rows)).doesNotContain(code, paired.at("/token"));

        restart();
        use(code).expect(200);
        restart();
        assertThat(use(code).expect(410).at("/detail")).contains("used already");
    }

    @Test
    void aWrongCodeIs401AndADeletedDevicesLinkToo() {
        Api.Reply paired = pair("");
        use("kq4Q0Vw1m6hC2mJ6m2uC7g").expect(401);
        use("").expect(401);
        bridge.nobody().post("/v1/pairing", "{}").expect(422);
        bridge.nobody().post("/v1/pairing", "{\"code\":1}").expect(422);
        tenant().delete("/v1/devices/" + paired.at("/id")).expect(204);
        use(codeOf(paired.at("/pairing/link"))).expect(401);
    }

    @Test
    void linksOfYesterdayAgeOut() {
        pair("");
        CLOCK.advance(Duration.ofDays(2));
        bridge.runScheduled();
        assertThat(oldLinks()).isZero();
    }

    private static long oldLinks() {
        return bridge.bean(Store.class).read(sql -> sql.sql("select count(*) from pairing where expires_at < ?")
                .param(CLOCK.instant().minus(Duration.ofDays(1)).toEpochMilli())
                .query(Long.class)
                .single());
    }

    private static void restart() {
        bridge.close();
        bridge = RunningBridge.start(List.of(Time.class), directory, settings);
    }

    // Signs of life

    @Test
    void everyCallIsASignOfLifeAndAHeartbeatSaysMore() {
        Api.Reply paired = pair("");
        Api phone = tenant().as(paired.at("/token"));
        assertThat(device(paired).get("lastSeen").isNull()).isTrue();

        CLOCK.advance(Duration.ofMinutes(1));
        inbound(phone);
        assertThat(device(paired).get("lastSeen").asText()).isEqualTo(wire(CLOCK.instant()));
        assertThat(device(paired).get("heartbeat").isNull()).isTrue();
        CLOCK.advance(Duration.ofMinutes(1));
        phone.get("/v1/outbox").expect(200);
        assertThat(device(paired).get("lastSeen").asText()).isEqualTo(wire(CLOCK.instant()));

        Api.Reply beat = phone.post(
                        "/v1/devices/heartbeat",
                        "{\"battery\":81,\"charging\":false,\"signal\":-71,\"pending\":2,\"lastNumber\":7,\"new\":1}")
                .expect(200);
        assertThat(beat.at("/at")).isEqualTo(wire(CLOCK.instant()));
        assertThat(beat.at("/silentAfter")).isEqualTo("PT24H");
        JsonNode shown = device(paired).get("heartbeat");
        assertThat(shown.get("battery").asInt()).isEqualTo(81);
        assertThat(shown.get("signal").asInt()).isEqualTo(-71);
        assertThat(shown.get("pending").asInt()).isEqualTo(2);
        assertThat(tenant().get("/v1/devices").expect(200).at("/data/0/heartbeat/lastNumber"))
                .isEqualTo("7");
        phone.post("/v1/devices/heartbeat", "{\"battery\":101}").expect(422);
        tenant().post("/v1/devices/heartbeat", "{}").expect(403);
        tenant().as(pair(",'adapter':'kannel'").at("/token"))
                .post("/v1/devices/heartbeat", "{}")
                .expect(403);
    }

    @Test
    void signsOfLifeAreWrittenDownInBatchesAndSurviveARestart() {
        Api.Reply paired = pair("");
        Api phone = tenant().as(paired.at("/token"));
        phone.post("/v1/devices/heartbeat", "{\"battery\":50}").expect(200);
        String seen = device(paired).get("lastSeen").asText();
        assertThat(stored(paired.at("/id"))).isZero();

        bridge.runScheduled();
        assertThat(stored(paired.at("/id"))).isEqualTo(Instant.parse(seen).toEpochMilli());
        restart();
        assertThat(device(paired).get("lastSeen").asText()).isEqualTo(seen);
        assertThat(device(paired).at("/heartbeat/battery").asInt()).isEqualTo(50);
    }

    private static long stored(String deviceId) {
        return bridge.bean(Store.class).read(sql -> sql.sql("select coalesce(last_seen_at, 0) from device where id = ?")
                .param(deviceId)
                .query(Long.class)
                .single());
    }

    private static String wire(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString().replaceFirst("(:\\d\\d)Z$", "$1.000Z");
    }

    // Silence

    private List<JsonNode> events(String deviceId) {
        return receiver.requests("/ops").stream()
                .map(got -> new Api.Reply(200, null, got.text()).json())
                .filter(event -> event.path("deviceId").asText().equals(deviceId))
                .toList();
    }

    private List<String> names(String deviceId) {
        return events(deviceId).stream()
                .map(event -> event.get("event").asText())
                .toList();
    }

    private void listen() {
        tenant().put("/v1/webhooks/operations", "{\"url\":\"" + receiver.url("/ops") + "\"}")
                .expect(200);
    }

    @Test
    void aPhoneThatDoesNotCallForADayIsMissedOnceAndItsReturnIsTold() {
        listen();
        Api.Reply paired = pair("");
        String id = paired.at("/id");
        Api phone = tenant().as(paired.at("/token"));
        inbound(phone);
        CLOCK.advance(DAY.minusSeconds(1));
        bridge.runScheduled();
        assertThat(device(paired).get("silentSince").isNull()).isTrue();

        CLOCK.advance(Duration.ofSeconds(1));
        bridge.runScheduled();
        bridge.runScheduled();
        eventually(() -> assertThat(names(id)).containsExactly("device.silent"));
        assertThat(events(id).get(0).get("silentAfter").asText()).isEqualTo("PT24H");
        assertThat(device(paired).get("silentSince").asText()).isEqualTo(wire(CLOCK.instant()));
        assertThat(bridge.operator().get("/actuator/prometheus").text())
                .containsPattern("(?m)^bridge_devices_silent [1-9]");

        CLOCK.advance(Duration.ofHours(1));
        phone.get("/v1/outbox").expect(200);
        bridge.runScheduled();
        bridge.runScheduled();
        eventually(() -> assertThat(names(id)).containsExactly("device.silent", "device.back"));
        assertThat(device(paired).get("silentSince").isNull()).isTrue();
        assertThat(device(paired).get("version").asLong()).isEqualTo(1);
    }

    @Test
    void aPhoneHasATimeOfItsOwnAndOneThatNeverCalledIsNotMissed() {
        listen();
        Api.Reply quick = pair(",'silentAfter':'PT5M'");
        Api.Reply never = pair(",'silentAfter':'PT5M'");
        assertThat(device(quick).get("silentAfter").asText()).isEqualTo("PT5M");
        inbound(tenant().as(quick.at("/token")));
        CLOCK.advance(Duration.ofMinutes(5));
        bridge.runScheduled();

        eventually(() -> assertThat(names(quick.at("/id"))).containsExactly("device.silent"));
        assertThat(names(never.at("/id"))).isEmpty();
        tenant().patch("/v1/devices/" + quick.at("/id"), "{\"silentAfter\":null}")
                .expect(200);
        assertThat(device(quick).get("silentAfter").isNull()).isTrue();
        tenant().patch("/v1/devices/" + quick.at("/id"), "{\"silentAfter\":\"PT0.5S\"}")
                .expect(422);
    }

    @Test
    void afterARestartPhonesHaveTheirFullTimeAndASilentOneIsStillSilent() {
        listen();
        Api.Reply alive = pair(",'silentAfter':'PT5M'");
        Api.Reply dead = pair(",'silentAfter':'PT5M'");
        inbound(tenant().as(dead.at("/token")));
        CLOCK.advance(Duration.ofMinutes(5));
        inbound(tenant().as(alive.at("/token")));
        bridge.runScheduled();
        eventually(() -> assertThat(names(dead.at("/id"))).containsExactly("device.silent"));

        CLOCK.advance(Duration.ofDays(3));
        restart();
        bridge.runScheduled();
        assertThat(device(alive).get("silentSince").isNull()).isTrue();
        assertThat(device(dead).get("silentSince").isNull()).isFalse();

        CLOCK.advance(Duration.ofMinutes(5));
        bridge.runScheduled();
        eventually(() -> assertThat(names(alive.at("/id"))).containsExactly("device.silent"));
        assertThat(names(dead.at("/id"))).containsExactly("device.silent");
    }
}
