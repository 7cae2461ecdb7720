package com.mobileapiconnect.bridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repeats in ERPNext: the document is asked for, and a duplicate is done if it has the id. */
class ErpNextRepeatTest extends ErpNextSuite {

    /** The site makes the first document, and its answer is lost. */
    private void loseTheFirst(FakeFrappe site) {
        AtomicInteger creations = new AtomicInteger();
        system.answering(got -> {
            Answer answer = site.apply(got);
            return got.method().equals("POST") && creations.incrementAndGet() == 1 ? html(502) : answer;
        });
    }

    @Test
    void afterALostAnswerTheSiteIsAskedAndWhatIsThereIsDone() {
        FakeFrappe site = site();
        loseTheFirst(site);
        connection("");
        JsonNode delivery = sent("x", "delivered");
        assertThat(delivery.path("attempts")).hasSize(2);
        assertThat(delivery.get("externalId").asText()).isEqualTo("2gl8160id0");
        assertThat(site.calls("create")).isEqualTo(1);
    }

    @Test
    void whatIsNotThereAfterALostAnswerIsMadeByTheNextAttempt() {
        AtomicInteger creations = new AtomicInteger();
        FakeFrappe site =
                site().but((call, got) -> call.equals("create") && creations.incrementAndGet() == 1 ? html(503) : null);
        connection("");
        sent("x", "delivered");
        assertThat(site.documents).hasSize(1);
        assertThat(site.calls("search")).isEqualTo(1);
    }

    /** The look for it comes before the site has ended its work. */
    @ParameterizedTest
    @CsvSource({"Communication,bridge_id,2gl8160id0", "Bridge SMS,delivery_id,dlv_"})
    void aDuplicateIsDoneWithItsName(String docType, String key, String name) {
        FakeFrappe site = site();
        AtomicInteger searches = new AtomicInteger();
        loseTheFirst(site.but((call, got) -> call.equals("search") && searches.incrementAndGet() == 1
                ? FakeFrappe.json(
                        200, JsonNodeFactory.instance.objectNode().set("data", JsonNodeFactory.instance.arrayNode()))
                : null));
        connection(",\"docType\":\"" + docType + "\",\"key\":\"" + key + "\"");
        JsonNode delivery = sent("x", "delivered");
        assertThat(delivery.get("externalId").asText()).startsWith(name);
        assertThat(delivery.get("externalUrl").asText())
                .contains(docType.equals("Bridge SMS") ? "/app/bridge-sms/dlv_" : "/app/communication/");
        assertThat(site.calls("create")).isEqualTo(2);
        assertThat(site.documents).hasSize(1);
    }

    @Test
    void aDuplicateInAnotherUniqueFieldIsRejected() {
        site().but((call, got) -> call.equals("create")
                ? FakeFrappe.error(
                        417,
                        "UniqueValidationError",
                        "<strong>Phone</strong> must be unique, said " + got.header("Authorization"))
                : null);
        connection("");
        JsonNode delivery = sent("x", "failed");
        assertThat(delivery.path("reason").asText()).isEqualTo("rejected");
        assertThat(delivery.at("/attempts/0/error").asText())
                .isEqualTo("HTTP 417: Phone must be unique, said token " + FakeFrappe.KEY + ":…");
    }

    @Test
    void aSiteThatFindsOtherDocumentsOrSaysSomethingElseIsAskedLater() {
        AtomicInteger searches = new AtomicInteger();
        FakeFrappe site = site();
        loseTheFirst(site.but((call, got) -> !call.equals("search") || searches.incrementAndGet() > 2
                ? null
                : searches.get() == 1
                        ? html(200)
                        : json(200, "{\"data\":[{\"name\":\"other\",\"bridge_id\":\"dlv_other\"}]}")));
        connection("");
        JsonNode delivery = sent("x", "delivered");
        assertThat(delivery.path("attempts")).hasSize(4);
        assertThat(delivery.at("/attempts/1/error").asText()).contains("none of Frappe");
        assertThat(delivery.at("/attempts/2/error").asText()).contains("none with the delivery's id in bridge_id");
        assertThat(site.documents).hasSize(1);
    }

    @Test
    void aSiteThatHangsOrAnswersWithoutEndIsAskedBeforeAnythingIsRepeated() {
        FakeFrappe site = site();
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger creations = new AtomicInteger();
        system.answering(got -> {
            Answer answer = site.apply(got);
            if (got.method().equals("POST") && creations.incrementAndGet() == 1) {
                await(end);
            } else if (got.method().equals("POST") && creations.get() == 2) {
                return new Answer(200, Map.of(), "[".repeat(9 << 20).getBytes(StandardCharsets.UTF_8));
            }
            return answer;
        });
        connection(
                "erpnext-communication",
                properties(""),
                ",\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1,\"timeout\":\"PT2S\"}");
        try {
            assertThat(sent("hangs", "delivered").at("/attempts/0/errorClass").asText())
                    .isEqualTo("timeout");
            assertThat(sent("endless", "delivered").path("attempts")).hasSize(2);
            assertThat(site.documents).hasSize(2);
        } finally {
            end.countDown();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
