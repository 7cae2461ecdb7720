package com.mobileapiconnect.bridge.webhook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a receiver sees of the bridge's calls, and what its answers come to by {@code success} and {@code failureWhen}. */
class AnswersOnTheWireTest extends ReceiverSuite {

    private static final String ONCE = "\"redelivery\":{\"maxAttempts\":1}";

    private void send(String text) {
        phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"" + text + "\"}").expect(202);
    }

    private JsonNode delivery(String target) {
        return tenant.get("/v1/deliveries?target=" + target).json().at("/data/0");
    }

    private JsonNode tryOut(String more) {
        return tenant.post("/v1/connections/" + tenant.connection(receiver.url("/"), more) + "/test")
                .expect(200)
                .json();
    }

    private Receiver.Got only() {
        assertThat(receiver.requests()).hasSize(1);
        return receiver.requests().get(0);
    }

    @Test
    void aReceiverIsToldWhoCallsAndWhatAnswerIsUnderstood() throws IOException {
        tryOut(ONCE);

        assertThat(only().header("User-Agent")).isEqualTo("erp-bridge/" + version());
        assertThat(only().header("Accept")).isEqualTo("application/json, */*;q=0.8");
        assertThat(only().header("Accept-Encoding")).isEqualTo("identity");
        assertThat(only().header("Content-Type")).isEqualTo("application/json");
    }

    /** Returns the version that the build noted; the jar has the same file. */
    private static String version() throws IOException {
        Properties build = new Properties();
        try (InputStream noted = AnswersOnTheWireTest.class.getResourceAsStream("/META-INF/build-info.properties")) {
            build.load(noted);
        }
        return build.getProperty("build.version");
    }

    @Test
    void headersOfTheTargetStandInPlaceOfTheBridgesOwnInAnyCase() {
        tryOut(ONCE + ",\"http\":{\"headers\":{\"user-agent\":\"Acme/1\",\"ACCEPT\":\"text/xml\"}}");

        assertThat(only().header("User-Agent")).isEqualTo("Acme/1");
        assertThat(only().header("Accept")).isEqualTo("text/xml");
    }

    /** As Google Apps Script does: the work is done, and the answer leads to where its result can be fetched. */
    @Test
    void aRedirectMayBeASuccessAndItsWayIsShownAndNotTaken() {
        receiver.answering(got -> Answer.of(302, Map.of("Location", receiver.url("/echo?user_content_key=s3cret"))));
        String id = tenant.connection(receiver.url("/exec"), ONCE + ",\"success\":[\"2xx\",302]");
        send("x");

        eventually(() -> assertThat(delivery(id).path("status").asText()).isEqualTo("delivered"));
        JsonNode attempt = delivery(id).at("/attempts/0");
        assertThat(attempt.path("httpStatus").asInt()).isEqualTo(302);
        assertThat(attempt.path("outcome").asText()).isEqualTo("success");
        assertThat(attempt.path("error").isNull()).isTrue();
        assertThat(attempt.path("location").asText()).isEqualTo(receiver.url("/echo") + "?…");
        assertThat(only().path()).isEqualTo("/exec");
        assertThat(tenant.get("/v1/deliveries").text()).doesNotContain("s3cret");
    }

    @Test
    void aRedirectThatIsNoSuccessShowsItsWayToo() {
        receiver.answering(got -> Answer.of(301, Map.of("Location", "/new?token=s3cret")));
        String id = tenant.connection(receiver.url("/old"), ONCE);
        send("x");

        eventually(() -> assertThat(delivery(id).path("status").asText()).isEqualTo("failed"));
        assertThat(delivery(id).at("/attempts/0/location").asText()).isEqualTo("/new?…");
        assertThat(delivery(id).at("/attempts/0/error").asText()).contains("redirects are not followed");
    }

    @Test
    void anAnswerWithAnErrorInsideIsAFailureThatIsTriedAgainAndSaysWhy() {
        receiver.answering(got -> got.header("X-MAC-Attempt").equals("1")
                ? Answer.of(200, "{\"ok\":false,\"error\":{\"code\":17}}")
                : Answer.of(200, "{\"ok\":true}"));
        String id = tenant.connection(
                receiver.url("/erp"),
                "\"redelivery\":{\"initialDelay\":\"PT0.05S\",\"multiplier\":1},"
                        + "\"failureWhen\":{\"pointer\":\"/error/code\",\"equals\":17}");
        send("x");

        eventually(() -> assertThat(delivery(id).path("status").asText()).isEqualTo("delivered"));
        JsonNode first = delivery(id).at("/attempts/0");
        assertThat(first.path("outcome").asText()).isEqualTo("failure");
        assertThat(first.path("errorClass").asText()).isEqualTo("answer");
        assertThat(first.path("httpStatus").asInt()).isEqualTo(200);
        assertThat(first.path("error").asText()).isEqualTo("HTTP 200, but the answer's /error/code is 17");
        assertThat(first.path("responseBody").asText()).contains("\"code\":17");
        assertThat(delivery(id).at("/attempts/1/outcome").asText()).isEqualTo("success");
    }

    @ParameterizedTest(name = "{0} spaces before it")
    @CsvSource({"0,failure", "2100,failure", "16000,failure", "16384,success", "100000,success"})
    void theFirst16KiBOfAnAnswerAreLookedAt(int before, String outcome) {
        receiver.answering(got -> Answer.of(200, " ".repeat(before) + "ERROR" + " ".repeat(20_000)));

        JsonNode attempt = tryOut(ONCE + ",\"failureWhen\":{\"contains\":\"ERROR\"}");

        assertThat(attempt.path("outcome").asText()).isEqualTo(outcome);
        assertThat(attempt.path("responseBody").asText().length()).isLessThanOrEqualTo(2 << 10);
    }

    @Test
    void bothAreShownKeptByWhoSendsThemBackAndGoneForWhoLeavesThemOut() {
        String id = tenant.connection(
                receiver.url("/"), "\"success\":[302,\"2xx\"],\"failureWhen\":{\"pointer\":\"/id\",\"exists\":false}");
        Api.Reply shown = tenant.get("/v1/connections/" + id).expect(200);
        assertThat(shown.json().get("success").toString()).isEqualTo("[302,\"2xx\"]");
        assertThat(shown.json().get("failureWhen").toString()).isEqualTo("{\"pointer\":\"/id\",\"exists\":false}");

        Api.Reply kept = tenant.put("/v1/connections/" + id, shown.text()).expect(200);
        assertThat(kept.json().get("success")).isEqualTo(shown.json().get("success"));
        assertThat(kept.json().get("failureWhen")).isEqualTo(shown.json().get("failureWhen"));
        tenant.post("/v1/connections/" + id + "/rotate-secret").expect(200);
        tenant.post("/v1/connections/" + id + "/pause").expect(200);
        assertThat(tenant.get("/v1/connections/" + id).json().get("success"))
                .isEqualTo(shown.json().get("success"));

        Api.Reply usual = tenant.put(
                        "/v1/connections/" + id, "{\"name\":\"ERP\",\"outboundUrl\":\"" + receiver.url("/") + "\"}")
                .expect(200);
        assertThat(usual.json().get("success").toString()).isEqualTo("[\"2xx\"]");
        assertThat(usual.json().get("failureWhen").isNull()).isTrue();
    }

    @Test
    void theForwardAllWebhookAndTheOperationsWebhookHaveThemToo() {
        for (String path : new String[] {"/v1/webhooks", "/v1/webhooks/operations"}) {
            receiver.answering(got -> Answer.of(302, "moved"));
            tenant.put(path, "{\"url\":\"" + receiver.url("/w") + "\",\"success\":[302]}")
                    .expect(200);
            assertThat(tenant.post(path + "/test").at("/outcome")).isEqualTo("success");
            assertThat(tenant.put(path, "{\"url\":\"" + receiver.url("/w") + "\",\"success\":[]}")
                            .expect(422)
                            .at("/errors/0/field"))
                    .isEqualTo("success");
            tenant.put(path, "{\"enabled\":false}").expect(200);
        }
    }

    @Test
    void aWebhookOfARuleHasThemToo() {
        receiver.answering(got -> Answer.of(200, "{\"error\":\"full\"}"));
        String rule = tenant.post("/v1/rules", """
                        {"name":"All","then":[{"type":"webhook","url":"%s","success":["2xx",302],
                         "failureWhen":{"pointer":"/error"}}]}""".formatted(receiver.url("/rule")))
                .expect(201)
                .at("/id");
        String action = tenant.get("/v1/rules/" + rule).at("/then/0/id");
        send("x");

        eventually(
                () -> assertThat(delivery(action).at("/attempts/0/errorClass").asText())
                        .isEqualTo("answer"));
        Api.Reply shown = tenant.get("/v1/rules/" + rule);
        assertThat(shown.json().at("/then/0/success").toString()).isEqualTo("[\"2xx\",302]");
        assertThat(shown.json().at("/then/0/failureWhen").toString())
                .isEqualTo("{\"pointer\":\"/error\",\"exists\":true}");
        assertThat(tenant.put("/v1/rules/" + rule, shown.text())
                        .expect(200)
                        .json()
                        .at("/then/0/success"))
                .isEqualTo(shown.json().at("/then/0/success"));
        assertThat(tenant.put("/v1/rules/" + rule, shown.text().replace("302", "999"))
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("then[0].success[1]");
        tenant.delete("/v1/rules/" + rule).expect(204);
    }

    @Test
    void aFileOfTheConfigurationHasThemAndTellsWhenTheyChange() {
        tenant.connection(receiver.url("/"), "\"success\":[\"2xx\",302],\"failureWhen\":{\"contains\":\"0049\"}");
        tenant.post("/v1/rules", """
                        {"name":"All","then":[{"type":"webhook","url":"%s","success":[202],
                         "failureWhen":{"pointer":"/code","equals":"007"}}]}""".formatted(receiver.url("/rule"))).expect(201);
        String file = tenant.get("/v1/config").expect(200).text();
        assertThat(file).contains("- '2xx'", "- 302", "contains: '0049'", "- 202", "equals: '007'");

        assertThat(changed(file)).isEqualTo("0 0");
        assertThat(changed(file.replace("- 202", "- 204"))).isEqualTo("0 1");
        assertThat(tenant.get("/v1/config").text()).contains("- 204");
        assertThat(changed(tenant.get("/v1/config").text().replace("'0049'", "'0050'")))
                .isEqualTo("1 0");
        Api other = bridge.newTenant().api();
        other.put("/v1/config", file).expect(200);
        assertThat(other.get("/v1/rules")
                        .json()
                        .at("/data/0/then/0/failureWhen/equals")
                        .asText())
                .isEqualTo("007");
        other.deleteConnections();
    }

    private String changed(String file) {
        JsonNode diff = tenant.put("/v1/config", file).expect(200).json();
        return diff.at("/connections/changed").size() + " "
                + diff.at("/rules/changed").size();
    }
}
