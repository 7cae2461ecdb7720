package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** What holds for every body that a phone may send, however its JSON is written. */
@Tag(OnBothDatabases.TAG)
class IntakePropertiesTest {

    private static final Map<Database, RunningBridge> RUNNING = new EnumMap<>(Database.class);

    private RunningBridge bridge;
    private Api phone;

    @Provide
    Arbitrary<Database> databases() {
        return Arbitraries.of(Database.wanted());
    }

    @AfterContainer
    static void stop() {
        RUNNING.values().forEach(RunningBridge::close);
        RUNNING.clear();
    }

    /** One bridge for all tries on a database, and a phone of its own for each: nothing of another try is in its way. */
    private void pair(Database database) {
        bridge = RUNNING.computeIfAbsent(database, IntakePropertiesTest::start);
        phone = bridge.phone();
    }

    private static RunningBridge start(Database database) {
        RunningBridge started = RunningBridge.start(directory(), database);
        Api tenant = started.tenant();
        tenant.post("/v1/connections", "{\"name\":\"c\",\"outboundUrl\":\"http://127.0.0.1:9/\"}")
                .expect(201);
        tenant.post("/v1/connections/" + tenant.get("/v1/connections").at("/data/0/id") + "/pause")
                .expect(200);
        return started;
    }

    private static Path directory() {
        try {
            Path data = Files.createTempDirectory("intake-properties");
            data.toFile().deleteOnExit();
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 60)
    void aCaptureHasOneIdAndIsOneMessageHoweverOftenAndHoweverWrittenItComes(
            @ForAll("databases") Database database,
            @ForAll @Size(min = 1, max = 12) List<@From("near") PhoneCapture> captures,
            @ForAll @IntRange(min = 1, max = 4) int batches,
            @ForAll Random random) {
        pair(database);
        Rows before = rows();
        Map<PhoneCapture.Key, String> ids = new HashMap<>();
        long withoutId = 0;
        for (int batch = 0; batch < batches; batch++) {
            JsonNode receipt = send(captures, random);
            for (int i = 0; i < captures.size(); i++) {
                PhoneCapture.Key key = captures.get(i).key();
                JsonNode line = receipt.at("/messages/" + i);
                String id = line.get("id").asText();
                String known = key == null ? null : ids.putIfAbsent(key, id);
                withoutId += key == null ? 1 : 0;
                assertThat(line.get("duplicate").asBoolean()).isEqualTo(known != null);
                assertThat(id).isEqualTo(known == null ? id : known);
            }
        }
        assertThat(ids.values()).doesNotHaveDuplicates();
        Rows added = rows().minus(before);
        assertThat(added).isEqualTo(new Rows(ids.size() + withoutId, ids.size() + withoutId));
    }

    @Property(tries = 80)
    void whatIsAcknowledgedIsInTheStoreExactly(
            @ForAll("databases") Database database,
            @ForAll @Size(min = 1, max = 4) List<@From("any") PhoneCapture> captures,
            @ForAll Random random) {
        pair(database);
        JsonNode receipt = send(captures, random);
        for (int i = 0; i < captures.size(); i++) {
            PhoneCapture sent = captures.get(i);
            String id = receipt.at("/messages/" + i + "/id").asText();
            JsonNode story =
                    bridge.tenant().get("/v1/messages/" + id).expect(200).json();
            assertThat(story.get("text").asText()).isEqualTo(sent.keptText());
            assertThat(story.get("from").asText()).isEqualTo(sent.from());
            assertThat(story.at("/flags").has("textReplaced"))
                    .isEqualTo(!sent.keptText().equals(sent.text()));
            assertThat(stored(id)).isEqualTo(sent.keptText());
            assertThat(receipt.at("/messages/" + i + "/phoneId").textValue()).isEqualTo(sent.keptId());
        }
    }

    @Property(tries = 80)
    void oneBadFieldOfOneMemberIsNamedAndNothingOfTheRequestIsKept(
            @ForAll("databases") Database database,
            @ForAll @Size(min = 1, max = 6) List<@From("near") PhoneCapture> captures,
            @ForAll("flaws") PhoneCapture.Flaw flaw,
            @ForAll Random random) {
        pair(database);
        int bad = random.nextInt(captures.size());
        Rows before = rows();
        List<String> members = captures.stream()
                .map(capture -> capture.json(random))
                .collect(Collectors.toCollection(java.util.ArrayList::new));
        members.set(bad, captures.get(bad).json(flaw, random));
        Api.Reply refused = phone.post("/v1/inbound", bytes("{\"messages\":[" + String.join(",", members) + "]}"));

        assertThat(refused.status()).as(flaw.toString()).isEqualTo(422);
        assertThat(refused.json().get("errors").findValuesAsText("field"))
                .containsExactly("messages[" + bad + "]" + (flaw.field().isEmpty() ? "" : "." + flaw.field()));
        assertThat(rows()).isEqualTo(before);
    }

    @Property(tries = 120)
    void bytesThatAreBrokenAreRefusedOrTakenWholeAndNeverAFault(
            @ForAll("databases") Database database,
            @ForAll @Size(min = 1, max = 3) List<@From("near") PhoneCapture> captures,
            @ForAll Random random) {
        pair(database);
        Rows before = rows();
        byte[] body = bytes(backlog(captures, random));
        for (int i = random.nextInt(3); i >= 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        byte[] sent = random.nextBoolean() ? body : Arrays.copyOf(body, random.nextInt(body.length));
        Api.Reply reply = phone.post("/v1/inbound", sent);

        assertThat(reply.status()).isIn(202, 400, 422);
        Rows added = rows().minus(before);
        long fresh = reply.status() != 202
                ? 0
                : reply.json().get("messages").findValuesAsText("duplicate").stream()
                        .filter("false"::equals)
                        .count();
        assertThat(added).isEqualTo(new Rows(fresh, fresh));
    }

    private JsonNode send(List<PhoneCapture> captures, Random random) {
        String body =
                captures.size() == 1 && random.nextBoolean() ? captures.get(0).json(random) : backlog(captures, random);
        return phone.post("/v1/inbound", bytes(body)).expect(202).json();
    }

    private static String backlog(List<PhoneCapture> captures, Random random) {
        return captures.stream()
                .map(capture -> capture.json(random))
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Of the whole store: nobody else writes to it. */
    private record Rows(long messages, long deliveries) {
        Rows minus(Rows before) {
            return new Rows(messages - before.messages, deliveries - before.deliveries);
        }
    }

    private Rows rows() {
        bridge.bean(Store.class).writeNow(tx -> true); // the rows of planned deliveries, however long that takes
        return bridge.bean(Store.class)
                .read(sql -> new Rows(
                        sql.sql("select count(*) from message")
                                .query(Long.class)
                                .single(),
                        sql.sql("select count(*) from delivery")
                                .query(Long.class)
                                .single()));
    }

    private String stored(String id) {
        return bridge.bean(Store.class).read(sql -> sql.sql("select text from message where id = ?")
                .param(id)
                .query(String.class)
                .single());
    }

    @Provide
    Arbitrary<PhoneCapture> near() {
        return PhoneCapture.near();
    }

    @Provide
    Arbitrary<PhoneCapture> any() {
        return PhoneCapture.any();
    }

    @Provide
    Arbitrary<PhoneCapture.Flaw> flaws() {
        return PhoneCapture.flaws();
    }
}
