package com.mobileapiconnect.bridge.destination;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant's receiver gets beyond the contract, because its target asks for it. */
class FormTest extends SharedBridgeSuite {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String USUAL = "event from to text ref receivedAt deviceId tenantId tenantName";

    private Api tenant;
    private Api.Reply device;
    private Api phone;

    @BeforeEach
    void pair() {
        tenant = bridge.newTenant().api();
        device = tenant.post("/v1/devices", """
                        {"name":"Front \\"desk\\" é","number":"911234500000","metadata":{"branch":"Pune","both":"phone's"}}""").expect(201);
        phone = tenant.as(device.at("/token"));
    }

    private void capture() {
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"hi\"}").expect(202);
    }

    private static JsonNode body(Receiver receiver, int n) {
        eventually(() -> assertThat(receiver.requests()).hasSizeGreaterThan(n));
        try {
            return JSON.readTree(receiver.requests().get(n).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fields(JsonNode body) {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        return String.join(" ", names);
    }

    @Test
    void withoutAskingTheBodyStaysAsItIs() {
        try (Receiver receiver = new Receiver()) {
            tenant.connection(receiver.url("/a"), "\"metadata\":{\"company\":\"1000\"}");
            capture();
            assertThat(fields(body(receiver, 0))).isEqualTo(USUAL);
        }
    }

    @Test
    void nameAndMetadataComeLastWhenTheTargetAsks() {
        try (Receiver receiver = new Receiver()) {
            String id = tenant.connection(
                    receiver.url("/a"),
                    "\"metadata\":{\"company\":\"1000\",\"both\":\"target's\"},\"payload\":{\"include\":[\"metadata\",\"deviceName\"]}");
            capture();
            JsonNode body = body(receiver, 0);
            assertThat(fields(body)).isEqualTo(USUAL + " deviceName metadata");
            assertThat(body.get("deviceName").asText()).isEqualTo("Front \"desk\" é");
            assertThat(body.get("metadata"))
                    .hasToString("{\"company\":\"1000\",\"both\":\"phone's\",\"branch\":\"Pune\"}");
            assertThat(tenant.get("/v1/connections/" + id).json().at("/payload/include"))
                    .hasToString("[\"deviceName\",\"metadata\"]");
            assertThat(tenant.post("/v1/connections/" + id + "/test")
                            .expect(200)
                            .at("/outcome"))
                    .isEqualTo("success");
            assertThat(body(receiver, 1).get("deviceName").asText()).isEqualTo("Sample phone");
        }
    }

    @Test
    void everyAttemptSendsTheSameBytesWhateverChangesMeanwhile() {
        AtomicInteger calls = new AtomicInteger();
        try (Receiver receiver =
                new Receiver().answering(got -> Receiver.Answer.of(calls.incrementAndGet() == 1 ? 500 : 200, ""))) {
            tenant.put("/v1/webhooks", """
                            {"url":"%s","payload":{"include":["deviceName","metadata"]},"redelivery":{"initialDelay":"PT1H"}}""".formatted(receiver.url("/all"))).expect(200);
            capture();
            body(receiver, 0);
            tenant.patch("/v1/devices/" + device.at("/id"), "{\"name\":\"Renamed\",\"metadata\":{\"branch\":\"Goa\"}}")
                    .expect(200);
            eventually(() -> assertThat(tenant.get("/v1/deliveries").at("/data/0/attempts/0/httpStatus"))
                    .isEqualTo("500"));
            tenant.post("/v1/deliveries/" + tenant.get("/v1/deliveries").at("/data/0/id") + "/retry")
                    .expect(202);
            body(receiver, 1);
            assertThat(receiver.requests().get(1).body())
                    .isEqualTo(receiver.requests().get(0).body());
        }
    }

    @Test
    void metadataOfAPhoneIsKeptByAChangeOfSomethingElseAndRemovedByNull() {
        String path = "/v1/devices/" + device.at("/id");
        assertThat(tenant.patch(path, "{\"name\":\"x\"}").expect(200).at("/metadata/branch"))
                .isEqualTo("Pune");
        assertThat(tenant.patch(path, "{\"metadata\":{\"a\":\"b\"}}")
                        .expect(200)
                        .json()
                        .get("metadata"))
                .hasToString("{\"a\":\"b\"}");
        assertThat(tenant.patch(path, "{\"metadata\":null}").expect(200).json().get("metadata"))
                .isEmpty();
        assertThat(tenant.patch(path, "{\"metadata\":{\"a\":1}}").expect(422).at("/errors/0/field"))
                .isEqualTo("metadata.a");
    }

    @Test
    void theSignatureIsInTheHeaderThatTheReceiverExpects() {
        try (Receiver receiver = new Receiver()) {
            String id = tenant.connection(
                    receiver.url("/a"),
                    "\"secret\":\"whsec_0123456789abcdef\",\"signatureHeader\":\"X-Hub-Signature-256\"");
            tenant.post("/v1/connections/" + id + "/rotate-secret").expect(200);
            tenant.post("/v1/connections/" + id + "/test").expect(200);
            Receiver.Got got = receiver.requests().get(0);
            assertThat(got.header("X-Hub-Signature-256")).startsWith("sha256=");
            assertThat(got.header("X-Hub-Signature-256-Previous")).startsWith("sha256=");
            assertThat(got.headers()).doesNotContainKey("x-mac-signature");
            assertThat(got.header("X-MAC-Event")).isEqualTo("message.received");
            String shown = tenant.get("/v1/connections/" + id).text();
            assertThat(shown).contains("\"signatureHeader\":\"X-Hub-Signature-256\"");
            assertThat(tenant.put("/v1/connections/" + id, shown).expect(200).at("/signatureHeader"))
                    .isEqualTo("X-Hub-Signature-256");
            assertThat(tenant.put(
                                    "/v1/connections/" + id,
                                    "{\"name\":\"E\",\"outboundUrl\":\"" + receiver.url("/") + "\"}")
                            .expect(200)
                            .at("/signatureHeader"))
                    .isEqualTo("X-MAC-Signature");
        }
    }

    private Api.Reply ruleCalling(String url, String more) {
        return tenant.post("/v1/rules", """
                {"name":"r","then":[{"type":"webhook","url":"%s","secret":"whsec_0123456789abcdef"%s}]}""".formatted(url, more));
    }

    @Test
    void theWebhookOfARuleHasAFormOfItsOwn() {
        try (Receiver receiver = new Receiver()) {
            String id = ruleCalling(
                            receiver.url("/rule"),
                            ",\"signatureHeader\":\"X-Hub-Signature-256\",\"metadata\":{\"company\":\"1000\"},"
                                    + "\"payload\":{\"include\":[\"deviceName\",\"metadata\"]}")
                    .expect(201)
                    .at("/id");
            capture();
            JsonNode body = body(receiver, 0);
            assertThat(fields(body)).isEqualTo(USUAL + " matchedRuleId deviceName metadata");
            assertThat(body.get("deviceName").asText()).isEqualTo("Front \"desk\" é");
            assertThat(body.get("metadata"))
                    .hasToString("{\"company\":\"1000\",\"branch\":\"Pune\",\"both\":\"phone's\"}");
            Receiver.Got got = receiver.requests().get(0);
            assertThat(got.header("X-Hub-Signature-256")).startsWith("sha256=");
            assertThat(got.headers()).doesNotContainKey("x-mac-signature");

            String shown = tenant.get("/v1/rules/" + id).expect(200).text();
            assertThat(shown).contains("\"signatureHeader\":\"X-Hub-Signature-256\"", "\"company\":\"1000\"");
            assertThat(tenant.put("/v1/rules/" + id, shown).expect(200).text())
                    .contains("\"payload\":{\"include\":[\"deviceName\",\"metadata\"]}", "X-Hub-Signature-256");
            String file = tenant.get("/v1/config").text();
            assertThat(file).contains("signatureHeader: X-Hub-Signature-256", "- deviceName");
            assertThat(tenant.put("/v1/config", file).expect(200).at("/rules/unchanged"))
                    .isEqualTo("1");
        }
    }

    @Test
    void theWebhookOfARuleThatAsksForNothingIsAsUsual() {
        try (Receiver receiver = new Receiver()) {
            ruleCalling(receiver.url("/rule"), "").expect(201);
            capture();
            assertThat(fields(body(receiver, 0))).isEqualTo(USUAL + " matchedRuleId");
            assertThat(receiver.requests().get(0).header("X-MAC-Signature")).startsWith("sha256=");
        }
    }

    @Test
    void theFormOfARulesWebhookEndsWithTheNextPutThatDoesNotGiveIt() {
        String id = ruleCalling("https://erp.example.com/", ",\"signatureHeader\":\"X-Own\"")
                .expect(201)
                .at("/id");
        assertThat(tenant.put(
                                "/v1/rules/" + id,
                                "{\"name\":\"r\",\"then\":[{\"type\":\"webhook\",\"url\":\"https://erp.example.com/\"}]}")
                        .expect(200)
                        .at("/then/0/signatureHeader"))
                .isEqualTo("X-MAC-Signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"signatureHeader\":\"Host\"",
                "\"signatureHeader\":\"X-MAC-Event\"",
                "\"signatureHeader\":\"a b\"",
                "\"payload\":{\"include\":[\"devicename\"]}",
                "\"payload\":{\"include\":\"metadata\"}",
                "\"payload\":{\"exclude\":[]}",
                "\"payload\":[]",
                "\"metadata\":{\"a\":1}",
                "\"metadata\":7"
            })
    void aFormThatIsNoneIsRefusedForARulesWebhookToo(String field) {
        assertThat(ruleCalling("https://erp.example.com/", "," + field)
                        .expect(422)
                        .at("/errors/0/field"))
                .startsWith("then[0]." + field.substring(1, field.indexOf('"', 1)));
        assertThat(tenant.get("/v1/rules").json().get("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-MAC-Event",
                "x-mac-signature-previous",
                "X-MAC-Other",
                "webhook-signature",
                "Webhook-Id",
                "Host",
                "Content-Type",
                "content-length",
                "Transfer-Encoding",
                "Authorization",
                "Cookie",
                "User-Agent",
                "Accept",
                "Connection",
                "Proxy-Authorization",
                "CamelHttpUri",
                "",
                " ",
                "X Sig",
                "X-Sig:",
                "X-Sig\\r\\nHost",
                "Signatür",
                "X-Own",
                "x-own",
                "X-Two",
                "TE",
                "Expect",
                "Date",
                "Origin"
            })
    void aHeaderThatIsNoneOrAnotherOnesIsRefused(String name) {
        assertThat(tenant.post("/v1/connections", """
                        {"name":"E","outboundUrl":"https://erp.example.com/","signatureHeader":"%s",
                         "http":{"headers":{"X-Own":"v","X-Two-Previous":"v"}}}""".formatted(name))
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("signatureHeader");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"deviceName\"", "{\"include\":\"deviceName\"}", "{\"include\":[\"devicename\"]}", "{\"include\":[7]}",
                "{\"include\":[null]}", "{\"exclude\":[]}", "{\"include\":{}}", "[]"
            })
    void whatCannotBeIncludedIsNamed(String payload) {
        assertThat(tenant.post(
                                "/v1/connections",
                                "{\"name\":\"E\",\"outboundUrl\":\"https://erp.example.com/\",\"payload\":" + payload
                                        + "}")
                        .expect(422)
                        .at("/errors/0/field"))
                .startsWith("payload");
    }
}
