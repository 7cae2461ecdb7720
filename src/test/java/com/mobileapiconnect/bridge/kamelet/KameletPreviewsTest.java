package com.mobileapiconnect.bridge.kamelet;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The preview of a connection: what would be sent, without secrets, and nothing is. */
class KameletPreviewsTest extends LedgerSuite {

    private static final String BALANCE = "{\"message\":{\"from\":\"919876543210\",\"text\":\"balance\"}}";

    private static Api.Reply preview(Api tenant, String id, String order) {
        return tenant.post("/v1/connections/" + id + "/preview", order);
    }

    @Test
    void thePreviewOfASystemIsItsRequestWithSecretsMaskedAndWritesNothing() {
        Api tenant = bridge.newTenant().api();
        String id = connection(tenant, "ledger", "{\"book\":\"sales\",\"pin\":\"9876-5432\"}");
        Api.Reply reply = preview(tenant, id, BALANCE.replace("balance", "only looked at"))
                .expect(200);
        assertThat(reply.text())
                .isEqualTo("{\"method\":\"POST\",\"target\":\"ledger:sales\",\"headers\":{\"Authorization\":\"***\"},"
                        + "\"body\":\"{\\\"note\\\":\\\"only looked at\\\"}\"}");
        assertThat(ledger.records).doesNotContainValue("only looked at");
    }

    @Test
    void thePreviewOfAFileGoesThroughItsStepsAmongStubs() {
        KameletFiles.save(connectors, "steps", KameletFiles.kamelet("steps", """
                properties:
                  list: {title: List, type: string}
                  pin: {title: PIN, type: string, format: password}
                """, """
                - setHeader: {name: X-Pin, constant: "{{pin}}"}
                - setBody: {simple: "<${exchangeProperty.message.text}>"}
                - process: {ref: intake}
                - to: {uri: "seda:out", parameters: {concurrentConsumers: 1, size: "{{list}}"}}
                """));
        within(20, () -> assertThat(connector("steps")).isNotNull());
        Api tenant = bridge.newTenant().api();
        String id = connection(tenant, "steps", "{\"list\":\"a?b&c\",\"pin\":\"9876-5432\"}");
        Api.Reply reply = preview(tenant, id, BALANCE).expect(200);
        assertThat(reply.at("/target")).startsWith("seda:out?").contains("size=a?b&c");
        assertThat(reply.at("/headers/X-Pin")).isEqualTo("***");
        assertThat(reply.at("/body")).isEqualTo("<balance>");
    }

    @Test
    void thePreviewOfAWebhookHasItsHeadersWithSignaturesMasked() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        String id = tenant.api().post("/v1/connections", """
                        {"name":"W","outboundUrl":"http://127.0.0.1:9/sms","enabled":true,
                         "secret":"whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                         "http":{"headers":{"X-Api-Key":"k-secret"},"auth":{"type":"bearer","token":"t-secret"}}}""").expect(201).at("/id");
        Api.Reply reply = preview(tenant.api(), id, BALANCE).expect(200);
        assertThat(reply.at("/method")).isEqualTo("POST");
        assertThat(reply.at("/target")).isEqualTo("http://127.0.0.1:9/sms");
        JsonNode headers = reply.json().get("headers");
        for (String masked : List.of("X-MAC-Signature", "webhook-signature", "X-Api-Key")) {
            assertThat(headers.get(masked).asText()).isEqualTo("***");
        }
        assertThat(headers.get("Authorization").asText()).isEqualTo("Bearer ***");
        assertThat(headers.get("X-MAC-Delivery").asText()).startsWith("dlv_");
        assertThat(headers.get("Content-Type").asText()).isEqualTo("application/json");
        assertThat(reply.at("/body")).startsWith("{\"event\":\"message.received\",\"from\":\"919876543210\"");
        assertThat(reply.text()).doesNotContain("k-secret", "t-secret");

        String stored = sms(tenant, "stored");
        assertThat(preview(tenant.api(), id, "{\"messageId\":\"" + stored + "\"}")
                        .at("/body"))
                .contains("\"text\":\"stored\"");
    }

    @Test
    void aPreviewThatCannotBeMadeSaysWhy() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        String id = connection(
                tenant.api(),
                "ledger",
                "{\"book\":\"sales\",\"fields\":{\"amount\":{\"value\":\"{{text}}\",\"as\":\"number\"}}}");
        assertThat(preview(tenant.api(), id, BALANCE).expect(422).at("/errors/0/message"))
                .contains("The field amount");
        preview(tenant.api(), id, "{}").expect(422);
        preview(tenant.api(), id, "{\"messageId\":\"msg_nope\"}").expect(422);
        String foreign = sms(bridge.newTenant(), "theirs");
        preview(tenant.api(), id, "{\"messageId\":\"" + foreign + "\"}").expect(422);
        preview(tenant.api(), "con_nope", BALANCE).expect(404);
    }
}
