package com.mobileapiconnect.bridge.fhir;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.erp.AnswerJson;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.ErpSuite;
import com.mobileapiconnect.bridge.support.OutcomesDoc;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the connector {@code fhir-communication} sends, and what it makes of the answers. */
class FhirCommunicationTest extends SharedSqliteSuite {

    private static final String TEXT = "a\"}],\"status\":\"preparation\" <b> | & é";
    private static final String NONE = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}";
    /** With another record before that of the identifier, whose value the search names. */
    private static final String ONE =
            "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":2,\"entry\":[{\"resource\":"
                    + "{\"resourceType\":\"Communication\",\"id\":\"76\",\"identifier\":[{\"system\":\"urn:x\",\"value\":\"VALUE\"}]}},"
                    + "{\"resource\":{\"resourceType\":\"Communication\",\"id\":\"77\",\"identifier\":[{\"system\":\"SYSTEM\",\"value\":"
                    + "\"VALUE\"}]}}]}";

    private static final String OTHER =
            "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":1,\"entry\":[{\"resource\":"
                    + "{\"resourceType\":\"Communication\",\"id\":\"78\"}}]}";

    private Receiver server;
    private Api tenant;
    private Api phone;

    @BeforeEach
    void open() {
        server = new Receiver();
        tenant = bridge.newTenant().api();
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"p\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
    }

    @AfterEach
    void close() {
        tenant.deleteConnections();
        server.close();
    }

    private static Answer fhir(int status, String body) {
        return new Answer(
                status, Map.of("Content-Type", "application/fhir+json"), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer found(Receiver.Got search, String bundle) {
        String token =
                URLDecoder.decode(search.path().replaceFirst(".*identifier=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        int bar = token.lastIndexOf('|');
        return fhir(200, bundle.replace("SYSTEM", token.substring(0, bar)).replace("VALUE", token.substring(bar + 1)));
    }

    private static Answer made() {
        return Answer.of(201, Map.of("Location", "http://elsewhere.example/fhir/Communication/42/_history/1"));
    }

    private static Answer refused(int status, String words) {
        return fhir(
                status,
                "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"invalid\",\"diagnostics\":"
                        + JsonNodeFactory.instance.textNode(words) + "}]}");
    }

    /** @param write what comes of the n-th POST */
    private void answering(Function<Integer, Answer> write, String found) {
        server.answering(got -> got.method().equals("POST") ? write.apply(posts().size()) : found(got, found));
    }

    private List<Receiver.Got> posts() {
        return server.requests().stream()
                .filter(got -> got.method().equals("POST"))
                .toList();
    }

    private String connection(String properties) {
        return tenant.connection(
                server.url("/fhir/"),
                "\"connector\":\"fhir-communication\",\"properties\":" + properties
                        + ",\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1}");
    }

    private JsonNode delivery(String status) {
        String message = phone.post(
                        "/v1/inbound",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("from", "919876543210")
                                .put("text", TEXT)
                                .toString())
                .expect(202)
                .at("/messages/0/id");
        String path = "/v1/deliveries?messageId=" + message;
        eventually(() -> assertThat(tenant.get(path).at("/data/0/status")).isEqualTo(status));
        return tenant.get(path).json().at("/data/0");
    }

    @Test
    void aPageIsNoRecord() {
        answering(n -> n == 1 ? ErpSuite.html(200) : made(), NONE);
        connection("{}");
        JsonNode delivery = delivery("delivered");
        assertThat(delivery.at("/attempts/0/error").asText()).contains("a page");
        assertThat(posts()).hasSize(2);
    }

    @Test
    void aMessageIsARecordWithItsKeyAndOnTheConditionThatThereIsNone() {
        answering(n -> made(), NONE);
        connection("{}");
        JsonNode delivery = delivery("delivered");
        String id = delivery.get("id").asText();
        assertThat(delivery.get("externalId").asText()).isEqualTo("42");
        assertThat(delivery.get("externalUrl").asText()).isEqualTo(server.url("/fhir/Communication/42"));
        Receiver.Got got = posts().get(0);
        assertThat(got.path()).isEqualTo("/fhir/Communication");
        assertThat(got.header("Content-Type")).startsWith("application/fhir+json");
        assertThat(got.header("If-None-Exist")).isEqualTo("identifier=urn%3Aerp-bridge%3Adelivery%7C" + id);
        JsonNode record = AnswerJson.read(got.text());
        assertThat(record.at("/resourceType").asText()).isEqualTo("Communication");
        assertThat(record.at("/status").asText()).isEqualTo("completed");
        assertThat(record.at("/payload/0/contentString").asText()).isEqualTo(TEXT);
        assertThat(record.at("/sender/display").asText()).isEqualTo("919876543210");
        assertThat(record.at("/identifier/0/system").asText()).isEqualTo("urn:erp-bridge:delivery");
        assertThat(record.at("/identifier/0/value").asText()).isEqualTo(id);
        assertThat(server.requests()).as("a first attempt asks nobody").hasSize(1);
    }

    @Test
    void afterALostAnswerTheServerIsAskedAndWhatIsThereIsDone() {
        answering(n -> refused(503, "busy"), ONE);
        connection("{\"system\":\"urn:desk\"}");
        JsonNode delivery = delivery("delivered");
        assertThat(delivery.get("externalId").asText()).isEqualTo("77");
        assertThat(posts()).hasSize(1);
        assertThat(server.requests().get(1).path())
                .isEqualTo("/fhir/Communication?identifier=urn%3Adesk%7C"
                        + delivery.get("id").asText() + "&_elements=id,identifier&_count=20");
    }

    @Test
    void aServerThatFindsOtherRecordsAloneIsAskedLater() {
        server.answering(got -> got.method().equals("POST")
                ? refused(500, "x")
                : found(got, server.requests().size() < 4 ? OTHER : ONE));
        connection("{}");
        JsonNode delivery = delivery("delivered");
        assertThat(posts()).hasSize(1);
        assertThat(delivery.get("externalId").asText()).isEqualTo("77");
        assertThat(delivery.at("/attempts/1/error").asText()).contains("none with the delivery's identifier");
    }

    @Test
    void whatIsNotThereAfterALostAnswerIsMadeByTheNextAttempt() {
        answering(n -> n == 1 ? refused(503, "busy") : made(), NONE);
        connection("{}");
        assertThat(delivery("delivered").get("externalId").asText()).isEqualTo("42");
        assertThat(posts()).hasSize(2);
    }

    @Test
    void aServerThatHasItOrHasSeveralOfItIsDone() {
        answering(n -> Answer.of(200, Map.of("Location", server.url("/fhir/Communication/9"))), NONE);
        connection("{}");
        assertThat(delivery("delivered").get("externalId").asText()).isEqualTo("9");
        answering(n -> refused(412, "several"), ONE);
        assertThat(delivery("delivered").get("externalId").asText()).isEqualTo("77");
    }

    @Test
    void aServerThatDoesNotSayWhetherItIsThereIsAskedLater() {
        server.answering(got -> got.method().equals("POST")
                ? refused(500, "x")
                : server.requests().size() < 4 ? Answer.of(200, "<html>") : found(got, ONE));
        connection("{}");
        JsonNode delivery = delivery("delivered");
        assertThat(posts()).hasSize(1);
        assertThat(delivery.at("/attempts/1/error").asText()).startsWith("Asked whether the record is there: ");
    }

    @ParameterizedTest
    @CsvSource({"400, failed", "422, failed", "404, failed", "403, failed", "401, held"})
    void whatTheServerRefusesIsToldInItsOwnWordsWithoutTheValues(int status, String state) {
        answering(n -> refused(status, "Cannot take '" + TEXT + "' in payload"), NONE);
        connection("{}");
        JsonNode delivery = delivery(state);
        assertThat(posts()).hasSize(1);
        assertThat(delivery.at("/attempts/0/error").asText())
                .isEqualTo("HTTP " + status + ": Cannot take '…' in payload");
    }

    @Test
    void everyAnswerComesToWhatThePageSays() {
        for (int status = 100; status < 600; status++) {
            assertThat(OutcomesDoc.words(
                            FhirSystem.TABLE.verdict(status, null).outcome(new SystemAnswer(status, "said so", ""))))
                    .as("%d", status)
                    .isEqualTo(OutcomesDoc.of("FHIR", "" + status, "none"));
        }
    }

    private static String statement(String resource) {
        return "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"rest\":[{\"mode\":\"server\",\"resource\":["
                + resource + "]}]}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'type':'Communication','interaction':[{'code':'create'}],'conditionalCreate':true} | {'status':'completed'}        |
            {'type':'Communication','interaction':[{'code':'create'}]}                          | {'status':'completed'}        |
            {'type':'Communication','interaction':[{'code':'read'}]}                            | {'status':'completed'}        | permission
            {'type':'Patient','interaction':[{'code':'create'}]}                                | {'status':'completed'}        | missing
            {'type':'Communication','interaction':[{'code':'create'}]}                          | {'status':'x','paylod':'x'}   | field
            {'type':'Communication','interaction':[{'code':'create'}]}                          | {'sent':'{{receivedAt}}'}     | field
            """, quoteCharacter = '~')
    void theTestReadsWhatTheServerSaysAndWritesNothing(String resource, String fields, String fault) {
        server.answering(got -> fhir(200, statement(resource.replace('\'', '"'))));
        String id = connection("{\"fields\":" + fields.replace('\'', '"') + "}");
        JsonNode told =
                tenant.post("/v1/connections/" + id + "/test").expect(200).json();
        assertThat(told.at("/findings/faults").isEmpty()).as(told.toString()).isEqualTo(fault == null);
        assertThat(told.toString()).contains("FHIR 4.0.1");
        if (fault != null) {
            assertThat(told.findValuesAsText("kind")).contains(fault);
        }
        assertThat(server.requests()).extracting(Receiver.Got::path).containsExactly("/fhir/metadata");
    }

    @Test
    void whatIsNoFhirServerIsTold() {
        server.answering(got -> Answer.of(200, "<html>Welcome</html>"));
        String id = connection("{}");
        assertThat(tenant.post("/v1/connections/" + id + "/test").expect(200).text())
                .contains("no CapabilityStatement");
        assertThat(tenant.post("/v1/connections/" + id + "/preview", "{\"message\":{\"from\":\"1\",\"text\":\"hi\"}}")
                        .expect(200)
                        .text())
                .contains("If-None-Exist", "contentString", "POST");
    }
}
