package com.mobileapiconnect.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Receiver;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exactly one record in Odoo 19 and in Odoo 14, whatever they answer. */
class OdooRecordTest extends OdooSuite {

    private static final String TEXT = "a \"quote\" & <b>bold</b>\nsecond line 😀 '";
    private static final String AS_HTML = "a &quot;quote&quot; &amp; &lt;b&gt;bold&lt;/b&gt;<br>second line 😀 &#39;";

    @Test
    void inOdoo19AMessageIsALeadOverJson2() {
        FakeOdoo odoo = odoo(19);
        connection("odoo-record", "{\"database\":\"acme\",\"apiKey\":\"" + FakeOdoo.KEY + "\"}", NO_WAITING);
        JsonNode delivery = sent(TEXT, "delivered");
        assertThat(delivery.get("externalId").asText()).isEqualTo("6");
        assertThat(delivery.get("externalUrl").asText()).isEqualTo(system.url("/odoo/crm.lead/6"));
        JsonNode lead = odoo.leads.get(6);
        assertThat(lead.path("id").asText())
                .isEqualTo("bridge." + delivery.get("id").asText());
        assertThat(lead.path("name").asText()).isEqualTo("SMS from 919876543210");
        assertThat(lead.path("phone").asText()).isEqualTo("919876543210");
        assertThat(lead.path("description").asText()).isEqualTo(AS_HTML);
        assertThat(system.requests())
                .extracting(Receiver.Got::path)
                .containsExactly("/json/2/crm.lead/fields_get", "/json/2/crm.lead/load");

        sent("next", "delivered");
        assertThat(odoo.called).as("asked once").containsExactly("fields_get", "load", "load");
        assertThat(odoo.leads).hasSize(2);
    }

    @Test
    void inOdoo14AMessageIsALeadOverJsonRpcAndItsTextIsNoHtml() {
        FakeOdoo odoo = odoo(14);
        connection("");
        JsonNode delivery = sent(TEXT, "delivered");
        assertThat(delivery.get("externalUrl").asText())
                .isEqualTo(system.url("/web#id=6&model=crm.lead&view_type=form"));
        assertThat(odoo.leads.get(6).path("description").asText()).isEqualTo(TEXT);
        assertThat(odoo.called).containsExactly("authenticate", "fields_get", "load");
        sent("next", "delivered");
        assertThat(odoo.calls("authenticate")).as("logged in once").isEqualTo(1);
    }

    @Test
    void aWayThatWasChosenIsTakenAtOnce() {
        FakeOdoo odoo = odoo(19);
        connection(",\"api\":\"json-rpc\"");
        sent("x", "delivered");
        assertThat(system.requests()).extracting(Receiver.Got::path).containsOnly("/jsonrpc");
        assertThat(odoo.leads).hasSize(1);
    }

    /** Odoo 18 has another API below /json. */
    @ParameterizedTest
    @ValueSource(ints = {303, 400, 404, 405})
    void aServerWithoutJson2IsAskedOverJsonRpc(int status) {
        FakeOdoo odoo = FakeOdoo.of(14);
        system.answering(got -> got.path().equals("/jsonrpc") ? odoo.apply(got) : html(status));
        connection("");
        sent("x", "delivered");
        assertThat(odoo.leads).hasSize(1);
    }

    @Test
    void withoutALoginAnOlderOdooOrAnUnknownDatabaseIsTold() {
        odoo(14);
        connection(
                "odoo-record",
                "{\"database\":\"acme\",\"apiKey\":\"" + FakeOdoo.KEY + "\"}",
                ",\"redelivery\":{\"maxAttempts\":1}");
        assertThat(sent("x", "failed").at("/attempts/0/error").asText())
                .contains("no JSON-2 API for the database acme", "needs login");
    }

    @Test
    void afterARefusalTheFieldsAreAskedForAgain() {
        FakeOdoo odoo = odoo(19);
        odoo.but((method, any) -> method.equals("load") ? FakeOdoo.failed("No field x_team") : null);
        connection("");
        sent("x", "failed");
        odoo.but((method, any) -> null);
        sent("y", "delivered");
        assertThat(odoo.called).containsExactly("fields_get", "load", "fields_get", "load");
    }

    @Test
    void transactionsThatMetAreTriedAgainAndAnImportsRefusalIsRejectedInItsWordsWithoutTheValues() {
        AtomicInteger loads = new AtomicInteger();
        FakeOdoo odoo = odoo(19);
        odoo.but((method, any) -> method.equals("load") && loads.incrementAndGet() == 1
                ? FakeOdoo.failed("Unknown database error: 'could not serialize access due to concurrent update'")
                : null);
        connection("");
        assertThat(sent("x", "delivered").path("attempts")).hasSize(2);
        odoo.but((method, any) ->
                method.equals("load") ? FakeOdoo.failed("Cannot take 'secret text' for <b>Name</b>") : null);
        JsonNode delivery = sent("secret text", "failed");
        assertThat(delivery.path("reason").asText()).isEqualTo("rejected");
        assertThat(delivery.path("attempts")).hasSize(1);
        assertThat(delivery.at("/attempts/0/error").asText()).isEqualTo("Cannot take '…' for Name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            422 | odoo.exceptions.ValidationError            | failed
            422 | odoo.exceptions.UserError                  | failed
            403 | odoo.exceptions.AccessError                | failed
            500 | builtins.ValueError                        | failed
            500 | builtins.KeyError                          | failed
            500 | psycopg2.errors.InvalidTextRepresentation  | failed
            404 | werkzeug.exceptions.NotFound               | failed
            500 | psycopg2.errors.SerializationFailure       | delivered
            500 | psycopg2.OperationalError                  | delivered
            429 | werkzeug.exceptions.TooManyRequests        | delivered
            503 | werkzeug.exceptions.ServiceUnavailable     | delivered
            403 | odoo.exceptions.AccessDenied               | held
            """)
    void whatOdooAnswersIsToldApartByItsClass(int status, String name, String state) {
        for (int version : new int[] {19, 14}) {
            if (version == 14 && name.startsWith("werkzeug")) {
                continue;
            }
            AtomicInteger loads = new AtomicInteger();
            odoo(version)
                    .but((method, any) -> method.equals("load") && loads.incrementAndGet() == 1
                            ? new FakeOdoo.Error(status, name, "Not with 'the text'")
                            : null);
            String connection = connection("");
            JsonNode delivery = sent("the text", state);
            assertThat(delivery.at("/attempts/0/error").asText())
                    .as("%s in %d", name, version)
                    .isEqualTo((version == 14 ? "" : "HTTP " + status + ": ") + "Not with '…'");
            assertThat(delivery.at("/attempts/0/responseBody").asText()).doesNotContain("Traceback", "secret");
            tenant.delete("/v1/connections/" + connection + "?discard=true").expect(202, 204);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 19})
    void aRefusedLoginIsTriedOnceAndDisablesTheConnection(int version) {
        FakeOdoo odoo = odoo(version);
        String connection =
                connection("odoo-record", properties("").replace(FakeOdoo.KEY, "wrong-key-1234"), NO_WAITING);
        List<String> messages =
                IntStream.range(0, 6).mapToObj(i -> sms("m" + i)).toList();
        messages.forEach(message -> delivery(message, "held"));
        assertThat(odoo.called).containsExactly(version == 14 ? "authenticate" : "refused");
        assertThat(tenant.get("/v1/connections/" + connection).at("/status")).isEqualTo("disabled");
    }

    @Test
    void valuesAreWrittenAsAnImportTakesThem() {
        FakeOdoo odoo = odoo(19);
        connection(",\"fields\":{\"name\":\"{{text}}\",\"date_open\":\"{{receivedAt}}\","
                + "\"date_deadline\":{\"value\":\"2026-11-26T23:30:00Z\",\"as\":\"datetime\",\"zone\":\"Asia/Kolkata\"},"
                + "\"team_id\":5,\"expected_revenue\":{\"value\":\"12.50\",\"as\":\"number\"},\"active\":true,"
                + "\"phone\":\"{{ref}}\",\"user_id/id\":\"base.user_admin\"}");
        String text = "😀 <&\"'".repeat(12_000) + "\u0000 end";
        sent(text, "delivered");
        JsonNode lead = odoo.leads.get(6);
        assertThat(lead.path("name").asText()).startsWith("😀 <&\"'😀").endsWith("\uFFFD end");
        assertThat(lead.path("date_open").asText()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        assertThat(lead.path("date_deadline").asText()).isEqualTo("2026-11-26");
        assertThat(lead.path("team_id/.id").asText()).isEqualTo("5");
        assertThat(lead.path("expected_revenue").asText()).isEqualTo("12.50");
        assertThat(lead.path("active").asText()).isEqualTo("true");
        assertThat(lead.path("user_id/id").asText()).isEqualTo("base.user_admin");
        assertThat(lead.has("phone")).as("nothing, so its default stays").isFalse();
    }
}
