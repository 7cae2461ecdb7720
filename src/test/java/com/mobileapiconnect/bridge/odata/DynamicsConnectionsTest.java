package com.mobileapiconnect.bridge.odata;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections to Dynamics 365 from their making to their records, with the login of Entra ID. */
class DynamicsConnectionsTest extends SharedSqliteSuite {

    private static final String SECRET = "secret-of-the-app-7";
    private static final String ROW = "{\"key\":\"new_deliveryid\"}";
    private static final String ENTITY =
            "{\"entitySet\":\"SmsMessages\",\"key\":\"MessageId\",\"company\":\"usmf\",\"fields\":{\"Body\":\"{{text}}\","
                    + "\"Sender\":\"{{from}}\"}}";

    private final FakeDataverse dataverse = new FakeDataverse();
    private final FakeOperations operations = new FakeOperations();
    private Receiver service;
    private Api tenant;

    @BeforeEach
    void open() {
        dataverse.wantsToken = true;
        operations.wantsToken = true;
        service = new Receiver();
        tenant = bridge.newTenant().api();
    }

    @AfterEach
    void close() {
        tenant.deleteConnections();
        service.close();
    }

    private String body(String connector, String properties) {
        return "{\"name\":\"Dynamics\",\"outboundUrl\":\"" + service.url("") + "\",\"connector\":\"" + connector
                + "\",\"properties\":" + properties + ",\"http\":{\"auth\":{\"type\":\"oauth2\",\"tokenUrl\":\""
                + service.url("/tenant/oauth2/v2.0/token") + "\",\"clientId\":\"app\",\"clientSecret\":\"" + SECRET
                + "\",\"scope\":\"https://contoso.crm.dynamics.com/.default\"}},"
                + "\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1}}";
    }

    private String connection(String connector, String properties) {
        return tenant.post("/v1/connections", body(connector, properties))
                .expect(201)
                .at("/id");
    }

    private JsonNode delivery(String status) {
        Api phone = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"p\"}").expect(201).at("/token"));
        String message = phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"balance\"}")
                .expect(202)
                .at("/messages/0/id");
        String path = "/v1/deliveries?messageId=" + message;
        eventually(() -> assertThat(tenant.get(path).at("/data/0/status")).isEqualTo(status));
        return tenant.get(path).json().at("/data/0");
    }

    @Test
    void anSmsIsARowEvenIfTheAnswerIsLost() {
        service.answering(dataverse);
        dataverse.lost.add(Answer.of(503));
        connection("dataverse-row", ROW);
        JsonNode delivery = delivery("delivered");
        assertThat(dataverse.rows).hasSize(1);
        JsonNode row = dataverse.rows.get(delivery.path("id").asText());
        assertThat(row.path("subject").asText()).isEqualTo("SMS from 919876543210");
        assertThat(row.path("description").asText()).isEqualTo("balance");
        assertThat(delivery.path("externalId").asText())
                .isEqualTo(row.path("leadid").asText());
        assertThat(delivery.path("externalUrl").asText()).contains("/main.aspx?pagetype=entityrecord&etn=lead&id=");
        assertThat(service.requests("/tenant/oauth2/v2.0/token").get(0).text())
                .contains("grant_type=client_credentials", "scope=https%3A%2F%2Fcontoso.crm.dynamics.com%2F.default");
    }

    @Test
    void anSmsIsARecordEvenIfTheAnswerIsLost() {
        service.answering(operations);
        operations.lost.add(Answer.of(504));
        connection("dynamics-fo-entity", ENTITY);
        JsonNode delivery = delivery("delivered");
        assertThat(operations.records.keySet())
                .containsExactly("usmf/" + delivery.path("id").asText());
        assertThat(delivery.path("externalId")).isEqualTo(delivery.path("id"));
        assertThat(delivery.path("attempts")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"dataverse-row, PATCH, If-None-Match", "dynamics-fo-entity, POST, cross-company=true"})
    void thePreviewIsTheVeryRequestWithoutItsSecrets(String connector, String method, String part) {
        service.answering(connector.startsWith("dataverse") ? dataverse : operations);
        String id = connection(connector, connector.startsWith("dataverse") ? ROW : ENTITY);
        String shown = tenant.post(
                        "/v1/connections/" + id + "/preview", "{\"message\":{\"from\":\"1\",\"text\":\"hi\"}}")
                .expect(200)
                .text();
        assertThat(shown).contains(method, part, "Bearer ***").doesNotContain(SECRET, "token-of-entra");
        assertThat(service.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"dataverse-row", "dynamics-fo-entity"})
    void theTestLogsInAndWritesNothing(String connector) {
        service.answering(connector.startsWith("dataverse") ? dataverse : operations);
        String id = connection(connector, connector.startsWith("dataverse") ? ROW : ENTITY);
        JsonNode told =
                tenant.post("/v1/connections/" + id + "/test").expect(200).json();
        assertThat(told.at("/findings/faults")).as(told.toString()).isEmpty();
        assertThat(service.requests())
                .filteredOn(got -> !got.path().contains("/token"))
                .isNotEmpty()
                .allSatisfy(got -> assertThat(got.method()).isEqualTo("GET"));
        service.answering(got -> Answer.of(401, "{\"error\":\"invalid_client\"}"));
        String wrong = connection(connector, connector.startsWith("dataverse") ? ROW : ENTITY);
        assertThat(tenant.post("/v1/connections/" + wrong + "/test").expect(200).text())
                .contains("token endpoint")
                .doesNotContain(SECRET);
    }

    @Test
    void aRefusedLoginDisablesTheConnection() {
        service.answering(got -> Answer.of(401, "{\"error\":\"invalid_client\"}"));
        String id = connection("dataverse-row", ROW);
        delivery("held");
        eventually(() ->
                assertThat(tenant.get("/v1/connections/" + id).at("/status")).isEqualTo("disabled"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "dataverse-row      | {}                                                            | key",
                "dataverse-row      | {'key':'New_Id'}                                              | key",
                "dataverse-row      | {'key':'k','entitySet':'leads(1)'}                            | entitySet",
                "dataverse-row      | {'key':'k','table':'lead&x=1'}                                | table",
                "dataverse-row      | {'key':'k','fields':{}}                                       | fields",
                "dataverse-row      | {'key':'k','fields':{'a@odata.bind':'/accounts({{text}})'}}   | a@odata.bind",
                "dataverse-row      | {'key':'k','fields':{'a':[{'b@odata.bind':{'value':'{{from}}'}}]}} | b@odata.bind",
                "dataverse-row      | {'key':'k','nope':1}                                          | nope",
                "dynamics-fo-entity | {'key':'k','fields':{'a':'b'}}                                | entitySet",
                "dynamics-fo-entity | {'entitySet':'S','key':'k','fields':{'a':'b'},'company':'a b'} | company",
                "dynamics-fo-entity | {'entitySet':'S/x','key':'k','fields':{'a':'b'}}              | entitySet",
                "dynamics-fo-entity | {'entitySet':'S','key':'k','fields':{'a@odata.bind':'{{to}}'}} | a@odata.bind",
                "odata4-entity      | {'entitySet':'S','key':'k','fields':{'a@odata.bind':'C({{from}})'}} | a@odata.bind",
                "olingo4-entity     | {'entitySet':'S','key':'k','fields':{'a@odata.bind':'C({{from}})'}} | a@odata.bind"
            })
    void propertiesThatCannotWorkAreRefused(String connector, String properties, String named) {
        assertThat(tenant.post("/v1/connections", body(connector, properties.replace('\'', '"')))
                        .expect(422)
                        .text())
                .contains(named);
    }
}
