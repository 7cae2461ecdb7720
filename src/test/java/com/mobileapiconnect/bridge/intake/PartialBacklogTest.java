package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backlog of which some messages are bad. */
class PartialBacklogTest extends FieldSuite {

    private static final String MIXED = """
            {"messages":[{"id":"m-1%s","from":"5","text":"good"},{"id":"m-2%s","from":"5"},7,
             {"id":"m-4%s","from":[],"text":5},{"id":9,"from":"5","text":"t"},{"id":"m-6%s","from":"5","text":"good too"}]}""";

    private static String mixed(String run) {
        return MIXED.replace("%s", run);
    }

    @Test
    void withoutPartialTheWholeBacklogIsRefusedAndEachBadOneIsNamed() {
        Api.Reply refused = phone.post("/v1/inbound", mixed("a")).expect(422);
        assertThat(refused.json().get("errors").findValuesAsText("field"))
                .containsExactly(
                        "messages[1].text", "messages[2]", "messages[3].from", "messages[3].text", "messages[4].id");
        assertThat(phone.post("/v1/inbound?partial=false", mixed("a"))
                        .expect(422)
                        .text())
                .isEqualTo(refused.text());
    }

    @Test
    void withPartialTheGoodOnesAreTakenAndEachIsAnswered() {
        JsonNode receipt = phone.post("/v1/inbound?partial=true", mixed("b"))
                .expect(202)
                .json()
                .get("messages");
        assertThat(receipt).hasSize(6);
        assertThat(receipt.findValuesAsText("phoneId")).containsExactly("m-1b", "m-2b", "null", "m-4b", "null", "m-6b");
        assertThat(receipt.get(0).get("id").asText()).startsWith("msg_");
        assertThat(receipt.get(5).get("duplicate").isBoolean()).isTrue();
        for (int bad = 1; bad < 5; bad++) {
            assertThat(receipt.get(bad).has("id")).isFalse();
            assertThat(receipt.get(bad).at("/error/status").asInt()).isEqualTo(422);
            assertThat(receipt.get(bad).at("/error/detail").asText()).isNotBlank();
            assertThat(receipt.get(bad).at("/error/errors/0/field").asText()).startsWith("messages[" + bad + "]");
        }
        assertThat(receipt.get(3).at("/error/errors")).hasSize(2);

        JsonNode again = phone.post("/v1/inbound?partial=true", mixed("b"))
                .expect(202)
                .json()
                .get("messages");
        assertThat(again.get(0).get("id")).isEqualTo(receipt.get(0).get("id"));
        assertThat(again.get(5).get("duplicate").asBoolean()).isTrue();
        assertThat(again.get(1)).isEqualTo(receipt.get(1));
    }

    @Test
    void aBacklogOfBadOnesAloneIsAnsweredAndLeavesNothing() {
        JsonNode receipt = phone.post("/v1/inbound?partial=true", "{\"messages\":[7,{\"from\":\"6\"}]}")
                .expect(202)
                .json();
        assertThat(receipt.get("messages")).hasSize(2).allSatisfy(each -> assertThat(each.has("error"))
                .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"partial", "partial=", "partial=yes", "a=b&partial=1", "partial=true&partial=no"})
    void partialIsTrueOrFalse(String query) {
        assertThat(phone.post("/v1/inbound?" + query, mixed("c")).expect(422).at("/errors/0/field"))
                .isEqualTo("partial");
    }

    @Test
    void whatIsNoBacklogIsRefusedAsEver() {
        phone.post("/v1/inbound?partial=true", "{\"from\":\"1\"}").expect(422);
        phone.post("/v1/inbound?partial=true", "{\"messages\":[]}").expect(422);
        phone.post("/v1/inbound?partial=true", "{\"messages\":[{\"from\":\"1\",\"text\":\"t\"}")
                .expect(400);
        phone.post("/v1/inbound?x=1&partial=true", "{\"from\":\"1\",\"text\":\"t\"}")
                .expect(202);
    }

    @Test
    void aSignedBacklogInPartIsTheSameWhenItComesAgain() throws Exception {
        Api signing =
                tenant.as(tenant.post("/v1/devices", "{\"name\":\"S\",\"number\":\"1\",\"signingKey\":\"k1234567\"}")
                        .at("/token"));
        String body =
                "{\"messages\":[5,{\"from\":\"1\",\"text\":\"pay\"},{\"from\":\"1\"},{\"from\":\"1\",\"text\":\"pay\"}]}";
        String signature = Hmac.sha256("k1234567", body);
        List<JsonNode> receipts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            receipts.add(signing.post(
                            "/v1/inbound?partial=true", body.getBytes(StandardCharsets.UTF_8), "X-Signature", signature)
                    .expect(202)
                    .json());
        }
        for (int good : new int[] {1, 3}) {
            String id = receipts.get(0).at("/messages/" + good + "/id").asText();
            assertThat(id).startsWith("msg_");
            assertThat(receipts.get(1).at("/messages/" + good + "/id").asText()).isEqualTo(id);
            assertThat(receipts.get(1).at("/messages/" + good + "/duplicate").asBoolean())
                    .isTrue();
        }
        assertThat(receipts.get(0).at("/messages/1/id"))
                .isNotEqualTo(receipts.get(0).at("/messages/3/id"));
    }
}
