package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.door.UnansweredPhones;
import com.mobileapiconnect.bridge.entry.IntakeSteps;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a long SMS become one message, whatever happens to them on their way. */
@OnBothDatabases
class PartsTest {

    private static final PartSettings SETTINGS = new PartSettings(Duration.ofMinutes(10), Duration.ofSeconds(15), 20);

    private final SettableClock clock = new SettableClock(Instant.now());
    private RunningBridge bridge;
    private Api tenant;

    @BeforeEach
    void share(Database database) {
        bridge = RunningBridge.shared(database);
        tenant = bridge.tenant();
    }

    @AfterEach
    void leave() {
        bridge.close();
    }

    private Parts parts() {
        return parts(bridge.bean(Entrance.class));
    }

    private Parts parts(Entrance entrance) {
        return new Parts(
                bridge.bean(Store.class),
                bridge.bean(Devices.class),
                bridge.bean(MessageMaker.class),
                entrance,
                SETTINGS,
                clock);
    }

    /** The bridge's own, with something that happens just before an SMS goes in. */
    private Entrance entrance(Runnable before) {
        Entrance own = bridge.bean(Entrance.class);
        return new Entrance(
                bridge.bean(UnansweredPhones.class),
                bridge.bean(IntakeSteps.class),
                bridge.bean(InboundSettings.class),
                bridge.bean(MeterRegistry.class)) {
            @Override
            List<Accepted> submit(Device device, List<InboundMessage> messages) {
                before.run();
                return own.submit(device, messages);
            }
        };
    }

    private static Received.Part partOf(int total, int number, String text) {
        return new Received.Part(
                new Received.Part.Place("1", total, number),
                new Received.Captured("h" + number, "447700900001", null, text, null, null, false));
    }

    private static Api.Reply pair(Api tenant) {
        return tenant.post("/v1/devices", "{\"name\":\"V\",\"number\":\"447700900000\",\"adapter\":\"vonage\"}")
                .expect(201);
    }

    private static String path(Api.Reply paired) {
        return "/v1/inbound/vonage/" + paired.at("/token");
    }

    private static String part(String id, int number, int total, String text) {
        return "?msisdn=447700900001&to=447700900000&messageId=" + id + "&text=" + text + "&concat=true&concat-ref=7"
                + "&concat-total=" + total + "&concat-part=" + number + "&message-timestamp=2026-01-01+12%3A00%3A00";
    }

    private void send(String path, String part) {
        bridge.nobody().get(path + part).expect(200);
    }

    private List<JsonNode> messages() {
        List<JsonNode> messages = new ArrayList<>();
        tenant.get("/v1/messages?limit=500").expect(200).json().get("data").forEach(messages::add);
        return messages;
    }

    private List<String> texts() {
        return messages().stream().map(message -> message.get("text").asText()).toList();
    }

    @Test
    void partsAreJoinedInAnyOrderAndRepeatsChangeNothing() {
        String path = path(pair(tenant));
        List<Integer> order = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8));
        Collections.shuffle(order, new Random(8));
        for (int number : order) {
            assertThat(messages()).isEmpty();
            send(path, part("m" + number, number, 8, "t" + number + "+"));
        }
        for (int number : order) {
            send(path, part("m" + number, number, 8, "t" + number + "+"));
        }
        assertThat(texts()).containsExactly("t1 t2 t3 t4 t5 t6 t7 t8 ");
        JsonNode message = messages().get(0);
        assertThat(message.get("flags")).isEmpty();
        assertThat(message.get("phoneId").asText()).isEqualTo("m1");
        assertThat(message.get("receivedAt").asText()).isEqualTo("2026-01-01T12:00:00.000Z");
        parts().sweep();
        assertThat(texts()).hasSize(1);
    }

    @Test
    void twoSmsWithTheSameRefStayTwo() {
        String path = path(pair(tenant));
        send(path, part("a2", 2, 2, "A2"));
        send(path, part("b2", 2, 2, "B2"));
        send(path, part("a1", 1, 2, "A1"));
        send(path, part("b1", 1, 2, "B1"));
        assertThat(texts()).containsExactly("B1B2", "A1A2");
    }

    @Test
    void partsThatComeAtOnceAreOneMessage() {
        String path = path(pair(tenant));
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int number = 1; number <= 6; number++) {
            String part = part("c" + number, number, 6, "x" + number);
            all.add(CompletableFuture.runAsync(() -> send(path, part)));
            all.add(CompletableFuture.runAsync(() -> send(path, part)));
        }
        all.forEach(CompletableFuture::join);
        assertThat(texts()).containsExactly("x1x2x3x4x5x6");
    }

    @Test
    void whenTheTimeIsUpWhatThereIsGoesOnFlaggedAndALatePartFollows() {
        String path = path(pair(tenant));
        send(path, part("d3", 3, 3, "end"));
        send(path, part("d1", 1, 3, "beginning+"));
        Parts parts = parts();
        clock.advance(Duration.ofMinutes(9));
        parts.sweep();
        assertThat(messages()).isEmpty();
        clock.advance(Duration.ofHours(1)); // the bridge's own clock goes on meanwhile
        parts.sweep();
        parts.sweep();
        assertThat(texts()).containsExactly("beginning end");
        assertThat(messages().get(0).at("/flags/partsMissing").asBoolean()).isTrue();
        assertThat(messages().get(0).at("/asSent/parts").asText()).isEqualTo("1, 3 of 3");
        send(path, part("d1", 1, 3, "beginning+"));
        send(path, part("d2", 2, 3, "middle"));
        clock.advance(Duration.ofHours(1));
        parts.sweep();
        assertThat(texts()).containsExactly("middle", "beginning end");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aPartThatComesWhileTheRestGoesOnIsAMessageOfItsOwn(int total) {
        Device device = bridge.bean(Devices.class).find(pair(tenant).at("/id")).orElseThrow();
        List<Runnable> meanwhile = new ArrayList<>();
        Parts parts = parts(entrance(() -> {
            if (!meanwhile.isEmpty()) {
                meanwhile.remove(0).run();
            }
        }));
        meanwhile.add(() -> parts.take(device, partOf(total, 2, "late")));
        parts.take(device, partOf(total, 1, "early"));
        clock.advance(SETTINGS.waitFor().plusHours(1));
        parts.sweep();
        assertThat(texts()).containsExactly("early");

        clock.advance(SETTINGS.waitFor().plusHours(1));
        parts.sweep();
        assertThat(texts()).containsExactly("late", "early");
        assertThat(messages()).allSatisfy(message -> assertThat(
                        message.at("/flags/partsMissing").asBoolean())
                .isTrue());
    }

    @Test
    void anSmsThatCannotGoOnHoldsUpNoOther() {
        String path = path(pair(tenant));
        send(path, part("bad1", 1, 2, "broken"));
        send(path, part("good2", 1, 3, "good"));
        Store store = bridge.bean(Store.class);
        store.writeNow(tx -> tx.sql()
                .sql("update sms_part set content = 'no JSON' where part_id = 'bad1'")
                .update());
        clock.advance(SETTINGS.waitFor().plusHours(1));
        Parts parts = parts();
        parts.sweep();
        assertThat(texts()).containsExactly("good");

        store.writeNow(tx ->
                tx.sql().sql("delete from sms_part where part_id = 'bad1'").update());
        parts.sweep();
        assertThat(texts()).hasSize(1);
    }

    @Test
    void aDeviceCanLetOnlySoManyPartsWait() {
        Api.Reply paired = pair(tenant);
        Parts parts = parts();
        Devices devices = bridge.bean(Devices.class);
        for (int n = 0; n < SETTINGS.mostOfADevice() + 1; n++) {
            Received.Captured sms = new Received.Captured("e" + n, "+44" + n, null, "part", null, null, false);
            parts.take(
                    devices.find(paired.at("/id")).orElseThrow(),
                    new Received.Part(new Received.Part.Place("1", 2, 1), sms));
        }
        assertThat(messages()).hasSize(1);
        assertThat(messages().get(0).at("/flags/partsMissing").asBoolean()).isTrue();
    }

    @Test
    void aPartThatCompletesAnSmsJoinsItHoweverManyWait() {
        Device device = bridge.bean(Devices.class).find(pair(tenant).at("/id")).orElseThrow();
        Parts parts = parts();
        for (int number = 1; number <= 2; number++) {
            for (int n = 0; n < SETTINGS.mostOfADevice(); n++) {
                Received.Captured sms = new Received.Captured(
                        "l" + n + "-" + number, "+44" + n, null, "part" + number, null, null, false);
                parts.take(device, new Received.Part(new Received.Part.Place("1\0", 2, number), sms));
            }
        }
        assertThat(texts()).hasSize(SETTINGS.mostOfADevice()).containsOnly("part1part2");
    }

    @Test
    void erasingANumberErasesItsPartsAndADeviceWithPartsIsNotRemovedByAccident() {
        Api.Reply paired = pair(tenant);
        send(path(paired), part("f1", 1, 2, "secret"));
        tenant.delete("/v1/devices/" + paired.at("/id")).expect(409);
        tenant.post("/v1/erase", "{\"number\":\"447700900001\"}").expect(200);
        clock.advance(Duration.ofHours(1));
        parts().sweep();
        assertThat(messages()).isEmpty();
        send(path(paired), part("f1", 1, 2, "again"));
        tenant.delete("/v1/devices/" + paired.at("/id") + "?discard=true");
        tenant.get("/v1/devices/" + paired.at("/id")).expect(404);
        parts().sweep();
        assertThat(messages()).isEmpty();
    }

    @Test
    void partsOutliveARestart(Database database, @TempDir Path data) {
        String[] settings = database.settings();
        String path;
        try (RunningBridge first = RunningBridge.start(data, settings)) {
            path = path(pair(first.tenant()));
            first.nobody().get(path + part("g2", 2, 2, "world")).expect(200);
        }
        try (RunningBridge second = RunningBridge.start(data, settings)) {
            second.nobody().get(path + part("g1", 1, 2, "hello+")).expect(200);
            assertThat(second.tenant().get("/v1/messages").at("/data/0/text")).isEqualTo("hello world");
        }
    }
}
