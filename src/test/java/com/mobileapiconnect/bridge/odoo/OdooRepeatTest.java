package com.mobileapiconnect.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repeats in Odoo 19 and in Odoo 14: the record is asked for first, and what is there stays as it is. */
class OdooRepeatTest extends OdooSuite {

    @ParameterizedTest
    @ValueSource(ints = {14, 19})
    void afterALostAnswerOdooIsAskedAndWhatIsThereStaysAsPeopleHaveChangedIt(int version) {
        FakeOdoo odoo = odoo(version);
        system.answering(got -> {
            Answer answer = odoo.apply(got);
            boolean isLoad = !odoo.called.isEmpty()
                    && odoo.called.get(odoo.called.size() - 1).equals("load");
            return isLoad ? html(502) : answer;
        });
        connection("");
        JsonNode delivery = sent("x", "delivered");
        assertThat(delivery.path("attempts")).hasSize(2);
        assertThat(delivery.get("externalId").asText()).isEqualTo("6");
        assertThat(odoo.calls("load")).isEqualTo(1);
        assertThat(odoo.leads).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 19})
    void whatIsNotThereAfterALostAnswerIsMadeByTheNextAttempt(int version) {
        AtomicInteger loads = new AtomicInteger();
        FakeOdoo odoo = odoo(version)
                .but((method, any) -> method.equals("load") && loads.incrementAndGet() == 1 ? html(503) : null);
        connection("");
        sent("x", "delivered");
        assertThat(odoo.calls("check_object_reference")).isEqualTo(1);
        assertThat(odoo.leads).hasSize(1);
    }

    @Test
    void aRecordThatTheLoginMayNotSeeIsDone() {
        odoo(19).but((method, any) -> method.equals("load")
                ? html(503)
                : method.equals("check_object_reference") ? json("[\"crm.lead\",false]") : null);
        connection("");
        assertThat(sent("x", "delivered").path("externalId").isNull()).isTrue();
    }

    private static JsonNode json(String text) {
        return Said.of(Api.JSON_2, new Answered(new HttpAnswer(200, text, null, null, null), Map.of()))
                .result();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            page
            ["res.partner",6]
            """)
    void anAnswerThatNamesNoRecordOfTheModelIsNoRecord(String answer) {
        AtomicInteger asked = new AtomicInteger();
        FakeOdoo odoo = odoo(19);
        odoo.but((method, any) -> method.equals("load") && asked.get() == 0
                ? html(503)
                : method.equals("check_object_reference") && asked.incrementAndGet() == 1
                        ? answer.equals("page") ? html(200) : json(answer)
                        : null);
        connection("");
        JsonNode delivery = sent("x", "delivered");
        assertThat(delivery.at("/attempts/1/error").asText()).startsWith("Asked whether the record is there: ");
        assertThat(odoo.leads).hasSize(1);
    }

    @Test
    void anOdooThatHangsOrAnswersWithoutEndIsAskedBeforeAnythingIsRepeated() throws Exception {
        FakeOdoo odoo = odoo(19);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger loads = new AtomicInteger();
        system.answering(got -> {
            Answer answer = odoo.apply(got);
            if (got.path().endsWith("/load")) {
                if (loads.incrementAndGet() == 1) {
                    await(end);
                } else if (loads.get() == 2) {
                    return new Answer(200, Map.of(), "[".repeat(9 << 20).getBytes(StandardCharsets.UTF_8));
                }
            }
            return answer;
        });
        connection(
                "odoo-record",
                properties(""),
                ",\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1,\"timeout\":\"PT2S\"}");
        try {
            assertThat(sent("hangs", "delivered").at("/attempts/0/errorClass").asText())
                    .isEqualTo("timeout");
            assertThat(sent("endless", "delivered").path("attempts")).hasSize(2);
            assertThat(odoo.leads).hasSize(2);
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
