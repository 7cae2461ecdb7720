package com.mobileapiconnect.bridge.rulebook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Hmac;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Secrets and what waits go with the identity of an action, and so never to another receiver. */
class ActionIdsTest extends ReceiverSuite {

    private static final String A = "whsec_AAAAAAAAAAAAAAAA";
    private static final String B = "whsec_BBBBBBBBBBBBBBBB";

    private String webhook(String path, String more) {
        return "{\"type\":\"webhook\",\"url\":\"" + receiver.url(path) + "\"" + more + "}";
    }

    private static String secret(String secret) {
        return ",\"secret\":\"" + secret + "\"";
    }

    private static String rule(String... then) {
        return "{\"name\":\"R\",\"then\":[" + String.join(",", then) + "]}";
    }

    private JsonNode made(String... then) {
        return tenant.post("/v1/rules", rule(then)).expect(201).json();
    }

    private JsonNode put(JsonNode made, String... then) {
        return tenant.put("/v1/rules/" + made.path("id").asText(), rule(then))
                .expect(200)
                .json()
                .path("then");
    }

    private static List<String> ids(JsonNode then) {
        return then.findValuesAsText("id");
    }

    @Test
    void whatWaitsForAWebhookThatIsTakenOutDoesNotGoToTheNextOne() {
        receiver.answering(got -> Receiver.Answer.of(got.path().equals("/one") ? 503 : 200));
        JsonNode made = made(webhook("/one", secret(A)), webhook("/two", secret(B)));
        String message = phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"first\"}")
                .expect(202)
                .at("/messages/0/id");
        eventually(() -> assertThat(receiver.requests()).hasSize(2));
        List<String> before = ids(made.path("then"));

        assertThat(ids(put(made, webhook("/two", "")))).containsExactly(before.get(1));

        receiver.answering(200);
        String waiting = tenant.get("/v1/deliveries?messageId=" + message + "&target=" + before.get(0))
                .expect(200)
                .at("/data/0/id");
        tenant.post("/v1/deliveries/" + waiting + "/retry").expect(202);
        eventually(() -> assertThat(tenant.get("/v1/deliveries/" + waiting).at("/status"))
                .isEqualTo("delivered"));
        assertThat(receiver.requests("/two")).hasSize(1);
        assertThat(receiver.requests("/one")
                        .get(receiver.requests("/one").size() - 1)
                        .header("X-MAC-Signature"))
                .isEqualTo(signature(A, receiver.requests("/one").get(0)));
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"second\"}")
                .expect(202);
        eventually(() -> assertThat(receiver.requests("/two")).hasSize(2));
        Receiver.Got second = receiver.requests("/two").get(1);
        assertThat(second.header("X-MAC-Signature")).isEqualTo(signature(B, second));
    }

    private static String signature(String secret, Receiver.Got got) {
        return "sha256=" + Hmac.sha256(secret, got.body());
    }

    @Test
    void actionsThatChangePlacesKeepTheirIds() {
        JsonNode made = made(
                webhook("/one", secret(A)),
                webhook("/two", ""),
                "{\"type\":\"reply\",\"text\":\"a\"}",
                "{\"type\":\"reply\",\"text\":\"b\"}");
        List<String> before = ids(made.path("then"));

        JsonNode after = put(
                made,
                "{\"type\":\"reply\",\"text\":\"b\"}",
                webhook("/two", ""),
                webhook("/one", ""),
                "{\"type\":\"reply\",\"text\":\"a\"}");

        assertThat(ids(after)).containsExactly(before.get(3), before.get(1), before.get(0), before.get(2));
        assertThat(after.at("/2/signing").asBoolean()).isTrue();
        assertThat(after.at("/1/signing").asBoolean()).isFalse();
    }

    @Test
    void aWebhookWithAnotherUrlIsTheSameOneOnlyIfItCanBeNoOther() {
        JsonNode made = made(webhook("/one", secret(A)), webhook("/two", secret(B)));
        List<String> before = ids(made.path("then"));

        List<String> edited = ids(put(made, webhook("/one", ""), webhook("/three", "")));
        assertThat(edited).containsExactlyElementsOf(before);
        JsonNode removed = put(made, webhook("/three", ""), webhook("/four", ""));
        assertThat(removed.at("/0/id").asText()).isEqualTo(before.get(1));
        assertThat(removed.at("/1/id").asText()).isNotIn(before);
        JsonNode both = put(made, webhook("/five", ""), webhook("/six", ""));
        assertThat(ids(both)).doesNotContainAnyElementsOf(ids(removed));
        assertThat(both.findValuesAsText("signing")).containsOnly("false");
    }

    @Test
    void anIdTwiceAndAnIdThatTheRuleDoesNotHaveAreRefused() {
        JsonNode made = made(webhook("/one", secret(A)), "{\"type\":\"reply\",\"text\":\"a\"}");
        String path = "/v1/rules/" + made.path("id").asText();
        String id = ",\"id\":\"" + made.at("/then/0/id").asText() + "\"";

        assertThat(tenant.put(path, rule(webhook("/one", id), webhook("/two", id)))
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("then[1].id");
        assertThat(tenant.put(path, rule(webhook("/two", ",\"id\":\"act_nope\"")))
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("then[0].id");
        assertThat(tenant.get(path).expect(200).json()).isEqualTo(made);
        tenant.post("/v1/rules", made.toString()).expect(201); // a copy
    }
}
