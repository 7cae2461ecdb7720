package com.mobileapiconnect.bridge.intake;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a phone's backup has and the bridge has not is imported, once, and nobody gets an answer to old SMS. */
class ImportTest extends SharedBridgeSuite {

    private static final Instant YESTERDAY =
            Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);

    private static Receiver receiver;

    private Api tenant;
    private String device;
    private Api phone;

    @BeforeAll
    static void listen() {
        receiver = new Receiver();
    }

    @AfterAll
    static void hearNoMore() {
        receiver.close();
    }

    @BeforeEach
    void pair() {
        tenant = bridge.newTenant().api();
        Api.Reply paired = tenant.post("/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\"}")
                .expect(201);
        device = paired.at("/id");
        phone = tenant.as(paired.at("/token"));
    }

    private static String line(String from, String text, Instant at) {
        return from + "," + text + "," + at.toEpochMilli() + "\n";
    }

    private static String table(String... lines) {
        return "from,text,receivedAt\n" + String.join("", lines);
    }

    private Api.Reply take(String query, String file) {
        return tenant.post("/v1/devices/" + device + "/import" + query, file);
    }

    private JsonNode done(Api.Reply begun) {
        eventually(() -> assertThat(
                        tenant.get("/v1/jobs/" + begun.at("/job")).expect(200).at("/status"))
                .isEqualTo("done"));
        return tenant.get("/v1/jobs/" + begun.at("/job")).json().get("result");
    }

    private JsonNode messages() {
        return tenant.get("/v1/messages?limit=500").expect(200).json().get("data");
    }

    @Test
    void aPreviewSaysWhatWouldComeAndStoresNothing() {
        String file = table(line("919876543210", "one", YESTERDAY), line("919876543211", "two", YESTERDAY));

        Api.Reply preview = take("?dryRun=true", file).expect(200);
        assertThat(preview.at("/received")).isEqualTo("2");
        assertThat(preview.at("/fresh")).isEqualTo("2");
        assertThat(preview.at("/samples/0/text")).isEqualTo("one");
        assertThat(messages()).isEmpty();
        assertThat(tenant.get("/v1/jobs").json().get("data")).isEmpty();
    }

    @Test
    void whatTheBridgeHasAlreadyIsLeftOutWhateverItsIdAndAFileMayComeTwice() {
        String at = YESTERDAY.plusSeconds(2).toString();
        phone.post(
                        "/v1/inbound",
                        "{\"id\":\"p-1\",\"from\":\"+91 98765 43210\",\"text\":\"live\",\"receivedAt\":\"" + at + "\"}")
                .expect(202);
        String file = table(
                line("+919876543210", "live", YESTERDAY),
                line("+919876543210", "live", YESTERDAY.plusSeconds(60)),
                line("+919876543210", "lost", YESTERDAY));
        assertThat(take("?dryRun=true", file).expect(200).at("/there")).isEqualTo("1");

        assertThat(done(take("", file).expect(202)).toString()).isEqualTo("{\"imported\":2,\"there\":1}");
        assertThat(messages()).hasSize(3);
        assertThat(done(take("", file).expect(202)).toString()).isEqualTo("{\"imported\":0,\"there\":3}");
        assertThat(messages()).hasSize(3);
        assertThat(tenant.get("/v1/audit?limit=1").at("/data/0/action")).isEqualTo("device.import");
        nothingIsStaged();
    }

    /** By other tests on this bridge neither, once their jobs are done. */
    private static void nothingIsStaged() {
        eventually(
                () -> assertThat(bridge.bean(Store.class).<Long>read(sql -> sql.sql("select count(*) from imported_sms")
                                .query(Long.class)
                                .single()))
                        .isZero());
    }

    @Test
    void importedSmsAreDeliveredAndAnsweredOnlyIfThatIsAskedFor() {
        tenant.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/" + device) + "\"}")
                .expect(200);
        tenant.post("/v1/rules", """
                        {"name":"R","when":{"field":"text","op":"exists"},"then":[{"type":"reply","text":"Hi"}]}""").expect(201);

        done(take("", table(line("919876543210", "old", YESTERDAY))).expect(202));
        JsonNode quiet = messages().get(0);
        assertThat(quiet.at("/flags/noReply").asBoolean()).isTrue();
        assertThat(quiet.get("matchedRuleId").asText()).startsWith("rule_");
        assertThat(quiet.get("deliveries").findValuesAsText("type")).containsExactly("webhook");
        eventually(() -> assertThat(receiver.requests("/" + device)).hasSize(1));

        done(take("?replies=true", table(line("919876543211", "newer", YESTERDAY)))
                .expect(202));
        assertThat(messages().get(0).has("flags")).isTrue();
        eventually(
                () -> assertThat(tenant.get("/v1/outgoing").json().get("data").findValuesAsText("to"))
                        .containsExactly("919876543211"));
    }

    @Test
    void anOldStopCountsAndAnOldStartUndoesNone() {
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"STOP\"}")
                .expect(202);
        done(take("", table(line("919876543210", "START", YESTERDAY), line("919876543211", "STOP", YESTERDAY)))
                .expect(202));

        assertThat(tenant.get("/v1/opt-outs").json().get("data").findValuesAsText("number"))
                .containsExactlyInAnyOrder("919876543210", "919876543211");
    }

    /** As a GPS tracker's are. */
    @Test
    void theSameTextAgainAndAgainIsImportedAsOftenAsThePreviewSays() {
        String file = table(IntStream.range(0, 250)
                .mapToObj(n -> line("919876543210", "alarm", YESTERDAY.plusSeconds(3L * n)))
                .collect(Collectors.joining()));
        assertThat(take("?dryRun=true", file).expect(200).at("/fresh")).isEqualTo("250");

        assertThat(done(take("", file).expect(202)).toString()).isEqualTo("{\"imported\":250,\"there\":0}");
        assertThat(done(take("", file).expect(202)).toString()).isEqualTo("{\"imported\":0,\"there\":250}");
    }

    @Test
    void anImportedSmsIsNoAnswerToWhatWasSentToday() {
        tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\",\"ref\":\"INV-42\"}")
                .expect(202);
        Instant longAgo = YESTERDAY.minus(500, ChronoUnit.DAYS);
        done(take("", table(line("919876543210", "old", longAgo))).expect(202));
        done(take("?replies=true", table(line("919876543210", "older", longAgo.minusSeconds(60))))
                .expect(202));

        assertThat(messages())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.get("ref").isNull()).isTrue());
    }

    @Test
    void aThousandSmsAreImportedWhilePhonesAreServed() {
        String file = table(IntStream.range(0, 1_000)
                .mapToObj(n -> line("9198765" + (10_000 + n), "SMS " + n, YESTERDAY.plusSeconds(n)))
                .collect(Collectors.joining()));
        Api.Reply begun = take("", file).expect(202);
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"meanwhile\"}")
                .expect(202);

        assertThat(done(begun).toString()).isEqualTo("{\"imported\":1000,\"there\":0}");
        assertThat(tenant.get("/v1/jobs/" + begun.at("/job")).at("/total")).isEqualTo("1000");
    }

    @Test
    void whatCannotComeInBecauseItsDeviceWasDeletedIsNotSaidToBeThere() {
        String file = table(IntStream.range(0, 2_000)
                .mapToObj(n -> line("9198765" + (10_000 + n), "SMS " + n, YESTERDAY.plusSeconds(n)))
                .collect(Collectors.joining()));
        eventually(
                () -> { // of another device if everything was imported before the deletion came
                    pair();
                    Api.Reply begun = take("", file).expect(202);
                    tenant.delete("/v1/devices/" + device + "?discard=true").expect(202, 204);
                    JsonNode result = done(begun);
                    assertThat(result.get("there").asInt()).isZero();
                    assertThat(result.get("imported").asInt()
                                    + result.path("deviceDeleted").asInt())
                            .isEqualTo(2_000);
                    assertThat(result.path("deviceDeleted").asInt()).isPositive();
                });
        nothingIsStaged();
    }

    @Test
    void anErasedNumberIsNotImportedAfterwards() {
        String job = take("", table(line("919876543210", "x", YESTERDAY)))
                .expect(202)
                .at("/job");
        eventually(() -> assertThat(tenant.get("/v1/jobs/" + job).at("/status")).isEqualTo("done"));
        tenant.post("/v1/erase", "{\"number\":\"919876543210\"}").expect(200);

        assertThat(messages()).isEmpty();
        nothingIsStaged();
    }

    @Test
    void aFileThatIsNoneIsRefused() {
        assertThat(take("", "no table").expect(422).at("/errors/0/field")).isEqualTo("body");
        bridge.newTenant()
                .api()
                .post("/v1/devices/" + device + "/import", table(line("1", "x", YESTERDAY)))
                .expect(404);
        phone.post("/v1/devices/" + device + "/import", "x").expect(403);
        take("?dry=1", table(line("1", "x", YESTERDAY))).expect(422);
    }
}
