package com.mobileapiconnect.bridge.intake;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.Texts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract's inbound section, line by line. */
@OnBothDatabases
class InboundTest {

    static RunningBridge bridge;
    static Api phone;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(data, database);
        phone = bridge.phone();
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private static JsonNode story(Api.Reply receipt) {
        return bridge.tenant()
                .get("/v1/messages/" + receipt.at("/messages/0/id"))
                .expect(200)
                .json();
    }

    @Test
    void aCaptureIsAnsweredWithItsIdsOnceItIsDurable() {
        Api.Reply reply = phone.post("/v1/inbound", """
                {"id":"p-1","from":"919876543210","to":"911234500000","text":"balance",
                 "receivedAt":"2026-06-12T20:02:00.5+05:30","ref":null,"sim":1}""");

        reply.expect(202);
        assertThat(reply.at("/messages/0/id")).startsWith("msg_");
        assertThat(reply.at("/messages/0/phoneId")).isEqualTo("p-1");
        assertThat(reply.json().at("/messages/0/duplicate").isBoolean()).isTrue();
        assertThat(reply.json().at("/messages/0/duplicate").asBoolean()).isFalse();
        JsonNode story = story(reply);
        assertThat(story.get("receivedAt").asText()).isEqualTo("2026-06-12T14:32:00.500Z");
        assertThat(story.get("text").asText()).isEqualTo("balance");
        assertThat(story.get("sim").asInt()).isEqualTo(1);
    }

    @Test
    void aRepeatIsTheSameMessageAndNothingElseHappens() {
        String body = "{\"id\":\"again\",\"from\":\"+91 98765\",\"text\":\"one\"}";
        Api.Reply first = phone.post("/v1/inbound", body).expect(202);
        Api.Reply second = phone.post("/v1/inbound", body).expect(202);

        assertThat(second.at("/messages/0/id")).isEqualTo(first.at("/messages/0/id"));
        assertThat(second.at("/messages/0/duplicate")).isEqualTo("true");
        assertThat(bridge.tenant().get("/v1/messages?from=9198765").json().get("data"))
                .hasSize(1);
    }

    @Test
    void thePhonesIdWithAnotherTextIsAnotherMessageAndFlagged() {
        Api.Reply first = phone.post("/v1/inbound", "{\"id\":\"reused\",\"from\":\"1\",\"text\":\"one\"}");
        Api.Reply second = phone.post("/v1/inbound", "{\"id\":\"reused\",\"from\":\"1\",\"text\":\"two\"}");

        assertThat(second.at("/messages/0/id")).isNotEqualTo(first.at("/messages/0/id"));
        assertThat(second.at("/messages/0/duplicate")).isEqualTo("false");
        assertThat(story(second).at("/flags/idReused").asBoolean()).isTrue();
        assertThat(story(first).at("/flags").has("idReused")).isFalse();
    }

    @Test
    void withoutAPhoneIdEveryCaptureIsANewMessage() {
        String body = "{\"from\":\"2\",\"text\":\"same\"}";
        assertThat(phone.post("/v1/inbound", body).at("/messages/0/id"))
                .isNotEqualTo(phone.post("/v1/inbound", body).at("/messages/0/id"));
    }

    @Test
    void theSamePhoneIdOfAnotherPhoneIsAnotherMessage() {
        String body = "{\"id\":\"shared\",\"from\":\"2\",\"text\":\"same\"}";
        assertThat(phone.post("/v1/inbound", body).at("/messages/0/id"))
                .isNotEqualTo(bridge.phone().post("/v1/inbound", body).at("/messages/0/id"));
    }

    @Test
    void aBacklogKeepsItsOrderAndSeesRepeatsWithinItself() {
        String member = "{\"id\":\"%s\",\"from\":\"3\",\"text\":\"t\"}";
        Api.Reply reply = phone.post(
                        "/v1/inbound",
                        "{\"messages\":[" + member.formatted("a") + "," + member.formatted("b") + ","
                                + member.formatted("a") + "]}")
                .expect(202);

        assertThat(reply.json().get("messages")).hasSize(3);
        assertThat(reply.at("/messages/0/phoneId")).isEqualTo("a");
        assertThat(reply.at("/messages/1/phoneId")).isEqualTo("b");
        assertThat(reply.at("/messages/2/id")).isEqualTo(reply.at("/messages/0/id"));
        assertThat(reply.at("/messages/2/duplicate")).isEqualTo("true");
    }

    @Test
    void oneBadMemberRefusesTheWholeBacklogAndIsNamed() {
        Api.Reply reply = phone.post("/v1/inbound", """
                        {"messages":[{"id":"good","from":"5551","text":"t"},{"from":"5551"},{"from":{},"text":"t"},7]}""").expect(422);

        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().get("errors").findValuesAsText("field"))
                .containsExactly("messages[1].text", "messages[2].from", "messages[3]");
        assertThat(bridge.tenant().get("/v1/messages?from=5551").json().get("data"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from       | {\"from\":17,\"text\":\"t\"}",
                "text       | {\"from\":\"1\"}",
                "text       | {\"from\":\"1\",\"text\":null}",
                "text       | {\"from\":\"1\",\"text\":[\"t\"]}",
                "sim        | {\"from\":\"1\",\"text\":\"t\",\"sim\":\"one\"}",
                "sim        | {\"from\":\"1\",\"text\":\"t\",\"sim\":1e999999}",
                "to         | {\"from\":\"1\",\"text\":\"t\",\"to\":{}}",
                "ref        | {\"from\":\"1\",\"text\":\"t\",\"ref\":false}",
                "id         | {\"from\":\"1\",\"text\":\"t\",\"id\":5}",
            })
    void aBadFieldIsNamed(String field, String body) {
        Api.Reply reply = phone.post("/v1/inbound", body).expect(422);
        assertThat(reply.at("/errors/0/field")).isEqualTo(field);
        assertThat(reply.at("/errors/0/message")).isNotBlank();
        assertThat(reply.at("/title")).isNotBlank();
        assertThat(reply.at("/status")).isEqualTo("422");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "balance",
                "{\"from\":\"1\",\"text\":\"t\"} and more",
                "[1,2]",
                "\"text\"",
                "null",
                "{'from':'1'}"
            })
    void whatIsNotAJsonObjectIsABadRequest(String body) {
        Api.Reply reply = phone.post("/v1/inbound", body).expect(400);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void textIsNeverAReasonToRefuse() {
        Api.Reply ugly = phone.post("/v1/inbound", "{\"from\":\"VM-HDFCBK\",\"text\":" + Texts.quoted(Texts.UGLY) + "}")
                .expect(202);
        assertThat(story(ugly).get("text").asText()).isEqualTo(Texts.UGLY);
        assertThat(story(ugly).get("flags").has("textReplaced")).isFalse();

        Api.Reply broken = phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"a\\u0000b\\ud800c\\udc00\"}")
                .expect(202);
        assertThat(story(broken).get("text").asText()).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
        assertThat(story(broken).at("/flags/textReplaced").asBoolean()).isTrue();

        phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"raw\nnewline and \u0001\"}")
                .expect(202);
    }

    @Test
    void unknownFieldsAndAnyContentTypeAreNoReasonToRefuse() {
        phone.post(
                        "/v1/inbound",
                        "{\"from\":\"1\",\"text\":\"t\",\"battery\":5}".getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .expect(202);
    }

    @Test
    void theNumberItWasSentToComesFromTheSimThenTheDevice() {
        String token = bridge.tenant()
                .post("/v1/devices", "{\"name\":\"Dual\",\"number\":\"100\",\"sims\":{\"1\":\"111\",\"2\":\"222\"}}")
                .expect(201)
                .at("/token");
        Api dual = bridge.tenant().as(token);
        assertThat(story(dual.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\",\"sim\":2}"))
                        .get("to")
                        .asText())
                .isEqualTo("222");
        assertThat(story(dual.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}"))
                        .get("to")
                        .asText())
                .isEqualTo("100");

        String nameless = bridge.tenant()
                .post("/v1/devices", "{\"name\":\"Nameless\"}")
                .expect(201)
                .at("/token");
        JsonNode unknown = story(bridge.tenant().as(nameless).post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}"));
        assertThat(unknown.get("to").isNull()).isTrue();
        assertThat(unknown.at("/flags/toUnknown").asBoolean()).isTrue();
    }

    @Test
    void onlyAPairedPhoneMayCome() {
        String body = "{\"from\":\"1\",\"text\":\"t\"}";
        assertThat(bridge.nobody().post("/v1/inbound", body).expect(401).header("WWW-Authenticate"))
                .isEqualTo("Bearer");
        bridge.nobody().as("dvt_unknown").post("/v1/inbound", body).expect(401);
        bridge.tenant().post("/v1/inbound", body).expect(403);
        bridge.operator().post("/v1/inbound", body).expect(403);
    }

    @Test
    void anUnpairedPhoneIsUnknownAtOnce() {
        Api.Reply paired =
                bridge.tenant().post("/v1/devices", "{\"name\":\"Lost\"}").expect(201);
        Api lost = bridge.tenant().as(paired.at("/token"));
        lost.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(202);
        bridge.tenant().delete("/v1/devices/" + paired.at("/id")).expect(204);
        lost.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(401);
    }

    @Test
    void aTokenForAnAdapterIsGoodForItsUrlAlone() {
        Api.Reply paired = bridge.tenant()
                .post("/v1/devices", "{\"name\":\"App\",\"adapter\":\"twilio\"}")
                .expect(201);
        assertThat(paired.at("/pairing/url")).endsWith("/v1/inbound/twilio/" + paired.at("/token"));
        bridge.tenant()
                .as(paired.at("/token"))
                .post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}")
                .expect(403);
    }

    @Test
    void whatCannotBeStoredIsNotAcknowledgedAndGoesOnByItselfWhenItCan(Database database) {
        String big = "y".repeat(9_000);
        eventually(
                () -> { // again if the bridge's own work was refused first, and gave SQLite's writer a new connection
                    try (Database.Outage full = database.outage(bridge)) {
                        Api.Reply refused = null;
                        for (int i = 0; i < 20 && (refused == null || refused.status() == 202); i++) {
                            refused = phone.post("/v1/inbound", "{\"from\":\"7\",\"text\":\"" + big + "\"}");
                        }
                        assertThat(refused).isNotNull();
                        refused.expect(503);
                        assertThat(refused.header("Retry-After")).isNotBlank();
                    }
                });
        phone.post("/v1/inbound", "{\"id\":\"after\",\"from\":\"7\",\"text\":\"t\"}")
                .expect(202);
        assertThat(bridge.nobody().get("/actuator/health").text()).isEqualTo("{\"status\":\"UP\"}");
    }
}
