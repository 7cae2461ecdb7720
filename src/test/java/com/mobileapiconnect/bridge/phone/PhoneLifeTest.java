package com.mobileapiconnect.bridge.phone;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A phone gives signs of life, is missed when it gives none, and is back. */
class PhoneLifeTest extends PhoneSuite {

    private static final Duration DAY = Duration.ofHours(24);
    private static Receiver receiver;

    @BeforeAll
    static void listenToEvents() {
        receiver = new Receiver();
    }

    @AfterAll
    static void hearNoMore() {
        receiver.close();
    }

    private JsonNode device(Api.Reply paired) {
        return tenant().get("/v1/devices/" + paired.at("/id")).expect(200).json();
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
        AtomicReference<Api.Reply> made = new AtomicReference<>();
        // The bridge itself writes down once a minute; then another phone is tried.
        eventually(() -> {
            made.set(pair(""));
            Api phone = tenant().as(made.get().at("/token"));
            phone.post("/v1/devices/heartbeat", "{\"battery\":50}").expect(200);
            assertThat(stored(made.get().at("/id"))).isZero();
        });
        Api.Reply paired = made.get();
        String seen = device(paired).get("lastSeen").asText();

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
