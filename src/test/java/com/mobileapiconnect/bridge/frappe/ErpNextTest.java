package com.mobileapiconnect.bridge.frappe;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exactly one document in ERPNext, whatever the site answers. */
class ErpNextTest extends ErpNextSuite {

    private static final String TEXT = "a \"quote\" & <b>bold</b>\nsecond line 😀 '";
    private static final String AS_HTML = "a &quot;quote&quot; &amp; &lt;b&gt;bold&lt;/b&gt;<br>second line 😀 &#39;";

    @Test
    void aMessageIsACommunicationWithItsKeyAndItsTextAsHtml() {
        FakeFrappe site = site();
        connection("");
        JsonNode delivery = sent(TEXT, "delivered");
        JsonNode document = site.documents.get("2gl8160id0");
        assertThat(delivery.get("externalId").asText()).isEqualTo("2gl8160id0");
        assertThat(delivery.get("externalUrl").asText()).isEqualTo(system.url("/app/communication/2gl8160id0"));
        assertThat(document.path("bridge_id").asText())
                .isEqualTo(delivery.get("id").asText());
        assertThat(document.path("content").asText()).isEqualTo(AS_HTML);
        assertThat(document.path("subject").asText()).isEqualTo("SMS from 919876543210");
        assertThat(document.path("phone_no").asText()).isEqualTo("919876543210");
        assertThat(document.path("communication_medium").asText()).isEqualTo("SMS");
        assertThat(document.path("sent_or_received").asText()).isEqualTo("Received");
        sent("next", "delivered");
        assertThat(site.called).as("asked once").containsExactly("getdoctype", "create", "create");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            417 | ValidationError             | failed
            417 | MandatoryError              | failed
            417 | LinkValidationError         | failed
            417 | CharacterLengthExceededError| failed
            417 | InvalidEmailAddressError    | failed
            409 | NameError                   | failed
            403 | PermissionError             | failed
            500 | JSONDecodeError             | failed
            500 | ImportError                 | failed
            417 | QueryDeadlockError          | delivered
            500 | OperationalError            | delivered
            429 | TooManyRequestsError        | delivered
            503 | SessionStopped              | delivered
            401 | AuthenticationError         | held
            """)
    void whatTheSiteAnswersIsToldApartByItsClass(int status, String type, String state) {
        AtomicInteger creations = new AtomicInteger();
        site().but((call, got) -> call.equals("create") && creations.incrementAndGet() == 1
                ? FakeFrappe.error(status, type, "Not with <strong>the text</strong>")
                : null);
        connection("");
        JsonNode delivery = sent("the text", state);
        assertThat(delivery.at("/attempts/0/error").asText()).isEqualTo("HTTP " + status + ": Not with …");
        assertThat(delivery.at("/attempts/0/responseBody").asText()).doesNotContain("Traceback", "secret");
    }

    @ParameterizedTest
    @CsvSource({"1292, failed", "1054, failed", "1205, delivered", "2006, delivered"})
    void anErrorOfTheDatabaseIsToldApartByItsNumber(int number, String state) {
        AtomicInteger creations = new AtomicInteger();
        site().but((call, got) -> call.equals("create") && creations.incrementAndGet() == 1
                ? FakeFrappe.error(
                        500, "OperationalError", null, "pymysql.err.OperationalError: (" + number + ", \"Bad\")")
                : null);
        connection("");
        sent("x", state);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 502})
    void aPageInPlaceOfTheFieldsIsNotWhatTheSiteSaysOfThem(int status) {
        AtomicInteger asked = new AtomicInteger();
        FakeFrappe site = site().but(
                        (call, got) -> call.equals("getdoctype") && asked.incrementAndGet() == 1 ? html(status) : null);
        connection(
                ",\"fields\":{\"subject\":\"x\",\"communication_date\":\"{{receivedAt}}\",\"due\":\"{{receivedAt}}\"}");
        JsonNode delivery = sent("one", "delivered");
        assertThat(delivery.path("attempts")).hasSize(2);
        assertThat(site.documents.get("2gl8160id0").path("due").asText()).hasSize(10);
    }

    @Test
    void aFieldThatIsAddedIsUsedByTheNextAttempt() {
        FakeFrappe site = site();
        connection(",\"fields\":{\"subject\":\"x\",\"custom_ref\":\"{{from}}\"}");
        JsonNode delivery = sent("one", "failed");
        assertThat(delivery.at("/attempts/0/error").asText()).contains("no field custom_ref");
        site.added("custom_ref");
        tenant.post("/v1/deliveries/" + delivery.get("id").asText() + "/retry").expect(202);
        delivery(delivery.get("messageId").asText(), "delivered");
        assertThat(site.documents.get("2gl8160id0").path("custom_ref").asText()).isEqualTo("919876543210");
    }

    @Test
    void aRefusedLoginIsTriedOnceAndDisablesTheConnection() {
        FakeFrappe site = site();
        String connection =
                connection("erpnext-communication", properties("").replace(FakeFrappe.SECRET, "wrong"), NO_WAITING);
        List<String> messages =
                IntStream.range(0, 6).mapToObj(i -> sms("m" + i)).toList();
        messages.forEach(message -> delivery(message, "held"));
        assertThat(site.called).containsExactly("getdoctype");
        assertThat(tenant.get("/v1/connections/" + connection).at("/status")).isEqualTo("disabled");
    }

    @Test
    void withoutAFieldForItsKeyNothingIsSent() {
        FakeFrappe site = site().key(false, false);
        connection("");
        String message = sms("x");
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?messageId=" + message).at("/data/0/attempts/0/error"))
                .contains("has no field bridge_id", "Customize Form"));
        assertThat(site.calls("create")).isZero();
        site.key(true, true);
        delivery(message, "delivered");
    }

    @Test
    void aFieldThatIsNotThereOrCannotKeepAValueIsRejectedBeforeAnythingIsSent() {
        FakeFrappe site = site();
        String first = connection(",\"fields\":{\"subject\":\"x\",\"colour\":\"{{text}}\"}");
        assertThat(sent("12,50 EUR", "failed").at("/attempts/0/error").asText()).contains("no field colour");
        tenant.delete("/v1/connections/" + first + "?discard=true").expect(202, 204);
        connection(",\"fields\":{\"subject\":\"x\",\"amount\":\"{{text}}\"}");
        JsonNode delivery = sent("12,50 EUR", "failed");
        assertThat(delivery.path("reason").asText()).isEqualTo("rejected");
        assertThat(delivery.at("/attempts/0/error").asText())
                .contains("amount is of the type Currency")
                .doesNotContain("12,50");
        assertThat(site.calls("create")).isZero();
    }

    @Test
    void valuesAreWrittenAsTheSiteTakesThem() {
        FakeFrappe site = site();
        connection(",\"zone\":\"Asia/Kolkata\",\"fields\":{\"subject\":\"{{text}}\","
                + "\"communication_date\":{\"value\":\"2026-11-26T10:00:00Z\",\"as\":\"datetime\"},"
                + "\"due\":\"2026-11-26T22:00:00Z\",\"amount\":\"12.50\",\"seen\":true,\"content\":\"{{text}}\"}");
        String text = "😀 <&\"'".repeat(12_000) + "\u0000 end";
        sent(text, "delivered");
        JsonNode document = site.documents.get("2gl8160id0");
        assertThat(document.path("subject").asText()).startsWith("😀 <&\"'😀").endsWith("\uFFFD end");
        assertThat(document.path("content").asText()).startsWith("😀 &lt;&amp;&quot;&#39;😀");
        assertThat(document.path("communication_date").asText()).isEqualTo("2026-11-26 15:30:00");
        assertThat(document.path("due").asText()).isEqualTo("2026-11-27");
        assertThat(document.path("amount").isNumber()).isTrue();
        assertThat(document.path("seen").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aLoginThatMayNotAskForTheFieldsSendsTheTextAsHtmlAllTheSame(int status) {
        FakeFrappe site = site().but((call, got) ->
                call.equals("getdoctype") ? FakeFrappe.error(status, "PermissionError", "No") : null);
        connection("");
        sent(TEXT, "delivered");
        assertThat(site.documents.get("2gl8160id0").path("content").asText()).isEqualTo(AS_HTML);
    }
}
