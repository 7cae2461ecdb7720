package com.mobileapiconnect.bridge.request;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.erp.RequestMemory;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector {@code http-request} sends, and what it makes of the answers. */
class HttpRequestTest extends SharedSqliteSuite {

    private static final String TEXT = "a&b=c \"} <x> é";

    private Receiver receiver;
    private Api tenant;
    private String tenantId;
    private Api phone;

    @BeforeEach
    void open() {
        receiver = new Receiver();
        RunningBridge.NewTenant owner = bridge.newTenant();
        tenantId = owner.id();
        tenant = owner.api();
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"p\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private String connection(String path, String properties, String more) {
        return tenant.connection(
                receiver.url(path), "\"connector\":\"http-request\",\"properties\":" + properties + more);
    }

    private JsonNode delivered(String status) throws JsonProcessingException {
        String message = phone.post(
                        "/v1/inbound",
                        "{\"from\":\"919876543210\",\"text\":" + new JsonMapper().writeValueAsString(TEXT) + "}")
                .expect(202)
                .at("/messages/0/id");
        String path = "/v1/deliveries?messageId=" + message;
        eventually(() -> assertThat(tenant.get(path).at("/data/0/status")).isEqualTo(status));
        return tenant.get(path).json().at("/data/0");
    }

    @Test
    void fieldsBecomeJsonWithTheirTypes() throws Exception {
        connection(
                "/api",
                "{\"fields\":{\"number\":\"{{from}}\",\"text\":\"{{text}}\",\"level\":{\"value\":\"2\",\"as\":\"integer\"}}}",
                "");
        JsonNode delivery = delivered("delivered");
        Receiver.Got got = receiver.requests().get(0);
        assertThat(got.method()).isEqualTo("POST");
        assertThat(got.header("Content-Type")).isEqualTo("application/json");
        assertThat(got.header("Idempotency-Key"))
                .isEqualTo(delivery.path("id").asText())
                .isEqualTo(got.header("X-MAC-Delivery"));
        assertThat(new JsonMapper().readTree(got.text()))
                .isEqualTo(new JsonMapper()
                        .createObjectNode()
                        .put("number", "919876543210")
                        .put("text", TEXT)
                        .put("level", 2));
    }

    @Test
    void anOldApiGetsItsValuesInTheQueryAndThePath() throws Exception {
        connection(
                "/cgi-bin/{{from}}/sms.pl?pw=1&text={{text}}",
                "{\"method\":\"GET\",\"fields\":{\"to\":\"{{to}}\"}}",
                "");
        delivered("delivered");
        Receiver.Got got = receiver.requests().get(0);
        assertThat(got.method()).isEqualTo("GET");
        assertThat(got.body()).isEmpty();
        assertThat(got.path())
                .isEqualTo(
                        "/cgi-bin/919876543210/sms.pl?pw=1&text=a%26b%3Dc%20%22%7D%20%3Cx%3E%20%C3%A9&to=911234500000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "form | text/plain-is-not | application/x-www-form-urlencoded | text=a%26b%3Dc+%22%7D+%3Cx%3E+%C3%A9",
                "xml | <m><t>{{text}}</t></m> | application/xml | <m><t>a&amp;b=c &quot;} &lt;x&gt; é</t></m>",
                "text | From {{from}}: {{text}} | text/plain; charset=UTF-8 | From 919876543210: a&b=c \"} <x> é",
                "json | {\"t\":\"{{text}}\"} | application/json | {\"t\":\"a&b=c \\\"} <x> é\"}"
            })
    void aTemplateIsFilledAsItsContentWantsIt(String content, String template, String type, String sent)
            throws Exception {
        String body = content.equals("form") ? "text={{text}}" : template;
        connection(
                "/api",
                new JsonMapper()
                        .createObjectNode()
                        .put("method", "PUT")
                        .put("contentType", content)
                        .put("body", body)
                        .toString(),
                "");
        delivered("delivered");
        Receiver.Got got = receiver.requests().get(0);
        assertThat(got.method()).isEqualTo("PUT");
        assertThat(got.header("Content-Type")).isEqualTo(type);
        assertThat(got.text()).isEqualTo(sent);
    }

    @Test
    void soapGetsTheContentTypeAndTheActionThatItWants() throws Exception {
        connection(
                "/soap",
                "{\"contentType\":\"xml\",\"mediaType\":\"text/xml; charset=utf-8\","
                        + "\"body\":\"<e:Envelope xmlns:e=\\\"urn:e\\\"><e:Body>{{text}}</e:Body></e:Envelope>\"}",
                ",\"http\":{\"headers\":{\"SOAPAction\":\"\\\"urn:erp#AddNote\\\"\"}}");
        delivered("delivered");
        Receiver.Got got = receiver.requests().get(0);
        assertThat(got.header("Content-Type")).isEqualTo("text/xml; charset=utf-8");
        assertThat(got.header("SOAPAction")).isEqualTo("\"urn:erp#AddNote\"");
        assertThat(got.text()).contains("<e:Body>a&amp;b=c &quot;} &lt;x&gt; é</e:Body>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "text/xml\\r\\nX: y", "text/xml; charset", "a/b; c=\\\"d\\u0001\\\""})
    void aContentTypeThatIsNoneIsRefused(String mediaType) {
        tenant.post(
                        "/v1/connections",
                        "{\"name\":\"x\",\"connector\":\"http-request\",\"outboundUrl\":\"" + receiver.url("/a")
                                + "\",\"properties\":{\"mediaType\":\"" + mediaType + "\"}}")
                .expect(422);
    }

    @Test
    void withoutFieldsAndBodyThePayloadIsSentSigned() throws Exception {
        connection("/api", "{}", ",\"secret\":\"0123456789abcdef\"");
        delivered("delivered");
        assertThat(new JsonMapper()
                        .readTree(receiver.requests().get(0).text())
                        .path("text")
                        .asText())
                .isEqualTo(TEXT);
        assertThat(receiver.requests().get(0).header("X-MAC-Signature")).startsWith("sha256=");
    }

    @Test
    void aStatusThatCountsAsDoneIsDoneAndTheRecordIsKept() throws Exception {
        receiver.answering(
                got -> new Answer(409, Map.of("Location", "/records/7"), "{\"record\":{\"id\":7}}".getBytes()));
        connection("/api", "{\"done\":[409],\"idFrom\":\"/record/id\"}", "");
        JsonNode delivery = delivered("delivered");
        assertThat(delivery.path("externalId").asText()).isEqualTo("7");
        assertThat(delivery.path("externalUrl").asText()).isEqualTo(receiver.url("/records/7"));
    }

    /** What failureWhen says goes before what done says. */
    @Test
    void aDoneStatusWhoseAnswerSaysThatItFailedIsTriedAgain() throws Exception {
        receiver.answering(got -> receiver.requests().size() == 1
                ? Answer.of(409, "{\"error\":\"locked\"}")
                : Answer.of(409, "{\"id\":7}"));
        connection(
                "/api",
                "{\"done\":[409]}",
                ",\"failureWhen\":{\"pointer\":\"/error\",\"exists\":true},"
                        + "\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1}");
        JsonNode delivery = delivered("delivered");
        assertThat(delivery.path("attempts")).hasSize(2);
        assertThat(delivery.at("/attempts/0/errorClass").asText()).isEqualTo("answer");
    }

    /** Some APIs repeat the headers of a call in their errors. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webhook             | {}",
                "http-request        | {}",
                "odata4-entity       | {\"entitySet\":\"Sms\",\"key\":\"ID\",\"fields\":{\"t\":\"{{text}}\"}}",
                "dataverse-row       | {\"key\":\"new_deliveryid\"}",
                "dynamics-fo-entity  | {\"entitySet\":\"Sms\",\"key\":\"ID\",\"fields\":{\"t\":\"{{text}}\"}}",
                "fhir-communication  | {}"
            })
    void anAnswerThatRepeatsTheCallShowsNoSecret(String connector, String properties) throws Exception {
        receiver.answering(got -> Answer.of(
                400,
                "{\"message\":\"Bad: " + got.header("Authorization") + " " + got.header("X-Api-Key") + " of "
                        + got.header("X-MAC-Event") + "\"}"));
        tenant.connection(
                receiver.url("/api"),
                "\"connector\":\"" + connector + "\",\"properties\":" + properties
                        + ",\"http\":{\"headers\":{\"X-Api-Key\":\"key-of-the-api\"},\"auth\":{\"type\":\"basic\","
                        + "\"username\":\"clerk\",\"password\":\"pass-word\"}},\"redelivery\":{\"maxAttempts\":1}");
        String told = delivered("failed").toString();
        assertThat(told)
                .contains("Bad: Basic … …")
                .doesNotContain("Y2xlcms6cGFzcy13b3Jk", "pass-word", "key-of-the-api");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void aRefusalIsRejectedAtOnceInTheWordsOfTheApi(int status) throws Exception {
        receiver.answering(got -> Answer.of(status, "{\"message\":\"The <b>branch</b> is closed\"}"));
        connection("/api", "{}", "");
        JsonNode delivery = delivered("failed");
        assertThat(delivery.path("reason").asText()).isEqualTo("rejected");
        assertThat(delivery.path("attempts")).hasSize(1);
        assertThat(delivery.at("/attempts/0/error").asText()).contains("HTTP " + status, "The branch is closed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"contentType\":\"text\",\"body\":\"TEXTS\"} | body",
                "{\"fields\":{\"note\":\"TEXTS\"}} | note",
                "{\"method\":\"GET\",\"fields\":{\"a\":\"{{text}}{{text}}{{text}}{{text}}\"}} | outboundUrl",
                "{\"contentType\":\"xml\",\"fields\":{\"a\":\"{{text}}{{text}}{{text}}{{text}}\"}} | fields"
            })
    void anSmsMakesNoRequestLongerThanOneMebibyteHoweverOftenAConnectionNamesIt(String properties, String field)
            throws Exception {
        String id = connection("/api", properties.replace("TEXTS", "{{text}}".repeat(20)), "");
        String sms = "{\"from\":\"919876543210\",\"text\":\"" + "&".repeat(100_000) + "\"}";
        assertThat(tenant.post("/v1/connections/" + id + "/preview", "{\"message\":" + sms + "}")
                        .expect(422)
                        .at("/detail"))
                .contains("the field " + field, "1 MiB");

        String message = phone.post("/v1/inbound", sms).expect(202).at("/messages/0/id");
        String path = "/v1/deliveries?messageId=" + message;
        eventually(() -> assertThat(tenant.get(path).at("/data/0/reason")).isEqualTo("rejected"));
        assertThat(tenant.get(path).at("/data/0/attempts/0/error")).contains("the field " + field, "1 MiB");
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void aLongRequestWaitsUntilThereIsMemoryForItAndIsNotMadeBefore() throws Exception {
        RequestMemory memory = bridge.bean(RequestMemory.class);
        String id = connection("/api", "{\"contentType\":\"text\",\"body\":\"{{text}}{{text}}\"}", "");
        RequestMemory.Held all = memory.take(tenantId, Integer.MAX_VALUE);
        String message;
        try {
            message = phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + "x".repeat(50_000) + "\"}")
                    .expect(202)
                    .at("/messages/0/id");
            eventually(() -> assertThat(tenant.get("/v1/targets").at("/data/0/lastError/errorClass"))
                    .isEqualTo("busy"));
            tenant.post("/v1/connections/" + id + "/preview", "{\"messageId\":\"" + message + "\"}")
                    .expect(503);
            assertThat(receiver.requests()).isEmpty();
        } finally {
            all.close();
        }
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?messageId=" + message).at("/data/0/status"))
                .isEqualTo("delivered"));
        assertThat(receiver.requests().get(0).text()).hasSize(100_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"method\":\"CONNECT\"} | properties.method",
                "{\"contentType\":\"yaml\"} | properties.contentType",
                "{\"fields\":{\"a\":\"{{texxt}}\"}} | properties.fields.a",
                "{\"body\":\"{{texxt}}\"} | properties.body",
                "{\"done\":[99]} | properties.done[0]",
                "{\"nope\":1} | properties.nope",
                "{\"body\":\"{\\\"n\\\":{{text}}}\"} | properties.body",
                "{\"contentType\":\"text\",\"fields\":{\"a\":\"b\"}} | properties.fields",
                "{\"contentType\":\"xml\",\"fields\":{\"1a\":\"b\"}} | properties.fields",
                "{\"contentType\":\"form\",\"fields\":{\"a\":{\"b\":\"c\"}}} | properties.fields",
                "{\"method\":\"GET\",\"fields\":{\"a\":{\"b\":\"c\"}}} | properties.fields",
                "{\"method\":\"GET\",\"body\":\"{}\"} | properties.body",
                "{\"body\":\"{}\",\"fields\":{\"a\":\"b\"}} | properties.fields",
                "{\"fields\":{\"a\":{\"value\":\"{{text}}\",\"format\":\"yyyy\"}}} | properties.fields.a",
                "{\"fields\":{\"a\":{\"b\":[{\"value\":\"{{ref}}\",\"default\":\"{{from}}\"}]}}} | properties.fields.a.b[0]",
                "{\"fields\":{\"a\":{\"value\":\"{{ref}}\",\"as\":\"integer\",\"default\":\"none\"}}} | properties.fields.a",
                "{\"fields\":{\"a\":{\"value\":\"abc\",\"as\":\"integer\"}}} | properties.fields.a",
                "{\"fields\":{\"a\":{\"value\":\"2026-06-12\",\"as\":\"date\"}}} | properties.fields.a"
            })
    void whatCannotBeMeantIsRefusedWhenItIsSet(String properties, String field) {
        Api.Reply reply = tenant.post(
                        "/v1/connections",
                        "{\"name\":\"x\",\"connector\":\"http-request\",\"outboundUrl\":\"" + receiver.url("/a")
                                + "\",\"properties\":" + properties + "}")
                .expect(422);
        assertThat(reply.json().path("errors"))
                .extracting(each -> each.get("field").asText())
                .contains(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"contentType\":\"text\",\"body\":\"{{text}}\"}",
                "{\"contentType\":\"xml\",\"fields\":{\"a\":{\"b\":[\"{{text}}\",{\"value\":1,\"as\":\"integer\"}]}}}",
                "{\"contentType\":\"form\",\"fields\":{\"a\":{\"value\":\"{{receivedAt}}\",\"as\":\"date\",\"format\":\"yyyy\","
                        + "\"default\":\"none\"},\"b\":[\"x\",\"{{from}}\"]}}",
                "{\"method\":\"GET\",\"contentType\":\"text\",\"fields\":{\"a\":{\"value\":\"\",\"default\":null}}}",
                "{\"fields\":{\"a\":{\"value\":\"n 7\",\"match\":\"[0-9]+\",\"as\":\"integer\",\"default\":0}}}"
            })
    void whatCanBeMeantIsTaken(String properties) {
        connection("/a", properties, "");
    }
}
