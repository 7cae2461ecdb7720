package com.mobileapiconnect.bridge.tryton;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static com.mobileapiconnect.bridge.tryton.FakeTryton.error;
import static com.mobileapiconnect.bridge.tryton.FakeTryton.html;
import static com.mobileapiconnect.bridge.tryton.FakeTryton.result;
import static com.mobileapiconnect.bridge.tryton.FakeTryton.userError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector {@code tryton-record} sends, and what it makes of the answers. */
class TrytonRecordTest extends TrytonSuite {

    private FakeTryton tryton;

    @BeforeEach
    void open() {
        tryton = new FakeTryton();
    }

    @AfterEach
    void close() {
        tryton.close();
    }

    @Override
    String url() {
        return tryton.url() + "/";
    }

    @Override
    String password() {
        return FakeTryton.PASSWORD;
    }

    @Test
    void aMessageIsAPartyWithTheDeliverysIdForItsCodeWhateverItSays() {
        connection("");
        JsonNode delivery = delivery(HOSTILE, "delivered");
        assertThat(tryton.records()).hasSize(1);
        assertThat(tryton.records().get(0).path("code").asText())
                .isEqualTo(delivery.path("id").asText());
        assertThat(tryton.records().get(0).path("name").asText()).isEqualTo("SMS from 919876543210: " + ONE_LINE);
        assertThat(delivery.path("externalId").asText()).isEqualTo("1");
        assertThat(delivery.path("externalUrl").asText()).isEqualTo(tryton.url() + "/#demo/model/party.party/1");
        assertThat(tryton.calls())
                .containsExactly("common.db.login", "model.party.party.fields_get", "model.party.party.create");
        assertThat(tryton.requests())
                .allSatisfy(got -> assertThat(got.header("Authorization")).doesNotContain("Basic"));
    }

    @Test
    void aFieldThatIsAddedIsOfItsTypeInTheNextAttempt() {
        tryton.answering(call -> call.is("create") ? FakeTryton.error("[\"'joined'\",\"\"]") : null);
        connection(",\"fields\":{\"name\":\"x\",\"joined\":\"2026-06-12\"}");
        JsonNode refused = delivery("one", "failed");
        tryton.answering(call -> null);
        tryton.hasFields("{\"name\":{\"type\":\"char\"},\"code\":{\"type\":\"char\"},\"joined\":{\"type\":\"date\"}}");
        tenant.post("/v1/deliveries/" + refused.path("id").asText() + "/retry").expect(202);
        settled(refused.path("messageId").asText(), "delivered");
        assertThat(tryton.records().get(0).at("/joined/__class__").asText()).isEqualTo("date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "500", "504", "503"})
    void afterALostAnswerTheRecordIsAskedForAndThereIsOne(String how) {
        AtomicBoolean once = new AtomicBoolean();
        tryton.answering(call -> {
            if (!call.is("create") || once.getAndSet(true)) {
                return null;
            }
            tryton.records().add((ObjectNode) call.params().at("/0/0"));
            if (how.equals("lost")) {
                throw new IllegalStateException("The answer is lost");
            }
            return html(Integer.parseInt(how), "Trouble", "x");
        });
        connection("");
        JsonNode delivery = delivery("one", "delivered");
        assertThat(delivery.path("externalId").asText()).isEqualTo("1");
        assertThat(tryton.records()).hasSize(1);
        assertThat(tryton.calls()).filteredOn(call -> call.endsWith("create")).hasSize(1);
    }

    @Test
    void aRecordThatSomebodyDeactivatedIsThere() {
        AtomicBoolean once = new AtomicBoolean();
        tryton.answering(call -> {
            if (call.is("create") && !once.getAndSet(true)) {
                var record = (ObjectNode) call.params().at("/0/0");
                tryton.records().add(record.put("active", false));
                throw new IllegalStateException("The answer is lost");
            }
            return null;
        });
        connection("");
        delivery("one", "delivered");
        assertThat(tryton.records()).hasSize(1);
    }

    /** A server that is slow may still make the record when it is asked for again. */
    @Test
    void aRefusalOfADuplicateIsDone() {
        tryton.answering(call -> {
            if (call.is("create")) {
                tryton.records().add((ObjectNode) call.params().at("/0/0"));
                return userError("Der Code der Partei muss eindeutig sein.");
            }
            return null;
        });
        connection("");
        assertThat(delivery("one", "delivered").path("externalId").asText()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"id\":7,\"code\":\"dlv_of_another\"}]", "[{\"id\":7}]", "{}", "null", "html"})
    void anAnswerThatDoesNotHaveTheRecordIsNoRecordAndNothingIsMade(String answer) {
        AtomicInteger asked = new AtomicInteger();
        tryton.answering(call -> {
            if (call.is("create") && asked.get() == 0) {
                return html(502, "Bad Gateway", "x");
            }
            boolean odd = call.is("search_read") && asked.incrementAndGet() < 3;
            return !odd ? null : answer.equals("html") ? Answer.of(200, "<html>Maintenance</html>") : result(answer);
        });
        connection("");
        JsonNode delivery = delivery("one", "delivered");
        assertThat(delivery.at("/attempts/1/error").asText()).startsWith("Asked whether the record is there: ");
        assertThat(delivery.at("/attempts/1/errorClass").asText()).isEqualTo("unknown");
        assertThat(tryton.calls())
                .containsSubsequence(List.of(
                        "model.party.party.create",
                        "model.party.party.search_read",
                        "model.party.party.search_read",
                        "model.party.party.search_read",
                        "model.party.party.create"));
        assertThat(tryton.records()).hasSize(1);
    }

    @Test
    void anotherModelIsAskedForItsKeyBeforeEachRecord() {
        connection(",\"model\":\"sale.opportunity\",\"key\":\"note\",\"fields\":{\"name\":\"{{text}}\"}");
        JsonNode delivery = delivery("one", "delivered");
        assertThat(tryton.calls())
                .containsSubsequence("model.sale.opportunity.search_read", "model.sale.opportunity.create");
        assertThat(tryton.records().get(0).path("note").asText())
                .isEqualTo(delivery.path("id").asText());
        assertThat(delivery.path("externalUrl").asText()).endsWith("/#demo/model/sale.opportunity/1");
    }

    @Test
    void valuesHaveTheTypesOfTheirFields() {
        connection(",\"fields\":{\"name\":\"{{text}}\",\"since\":{\"value\":\"{{receivedAt}}\",\"as\":\"date\"},"
                + "\"seen\":\"{{receivedAt}}\",\"limit\":{\"value\":\"12.50\",\"as\":\"number\"},\"number\":\"{{match.9}}\","
                + "\"note\":\"{{text}}\",\"addresses\":[{\"street\":\"{{text}}\",\"city\":\"{{text}}\"}]}");
        delivery("a\nb", "delivered");
        JsonNode record = tryton.records().get(0);
        assertThat(record.path("name").asText()).isEqualTo("a b");
        assertThat(record.path("note").asText()).isEqualTo("a\nb");
        assertThat(record.path("limit").toString()).isEqualTo("{\"__class__\":\"Decimal\",\"decimal\":\"12.50\"}");
        assertThat(record.at("/since/__class__").asText()).isEqualTo("date");
        assertThat(record.at("/seen/__class__").asText()).isEqualTo("datetime");
        assertThat(record.at("/seen/year").asInt()).isGreaterThan(2000);
        assertThat(record.path("addresses").toString())
                .isEqualTo("[[\"create\",[{\"street\":\"a\\nb\",\"city\":\"a b\"}]]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UserError   | ['UserError',['The value \"TEXT\" is bad.','Ask & see',null]] | The value \"…\" is bad.: Ask & see",
                "UserWarning | ['UserWarning',['w1','Really TEXT?','']]                      | Really …?",
                "KeyError    | ['~nme~','']                                                  | there is no field or model 'nme'",
                "none        | ['','']                                                       | a value is of the wrong type",
                "ValueError  | ['invalid literal for int() with base 10: ~TEXT~','Traceback'] | invalid literal for int() with base 10: '…'"
            })
    void whatTrytonRefusesIsRejectedInItsOwnWordsWithoutTheValues(String kind, String error, String words) {
        tryton.answering(call -> call.is("create")
                ? error(error.replace("\"", "\\\"")
                        .replace('\'', '"')
                        .replace('~', '\'')
                        .replace("TEXT", "what it says"))
                : null);
        connection(",\"fields\":{\"name\":\"{{text}}\"}");
        JsonNode delivery = delivery("what it says", "failed");
        assertThat(delivery.path("reason").asText()).as(kind).isEqualTo("rejected");
        assertThat(delivery.path("attempts")).hasSize(1);
        assertThat(delivery.at("/attempts/0/error").asText()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"could not serialize access due to concurrent update", "server closed the connection unexpectedly"})
    void anErrorThatMayBeOfAMomentIsTriedAgainAfterAQuestion(String words) {
        AtomicInteger tries = new AtomicInteger();
        tryton.answering(
                call -> call.is("create") && tries.incrementAndGet() < 2 ? error("[\"" + words + "\",\"\"]") : null);
        connection("");
        JsonNode delivery = delivery("one", "delivered");
        assertThat(delivery.at("/attempts/0/error").asText()).isEqualTo(words);
        assertThat(tryton.calls()).contains("model.party.party.search_read");
    }

    @Test
    void aLongTextGoesAndALongAnswerIsBounded() {
        connection(",\"fields\":{\"note\":\"{{text}}\"}");
        String text = "x".repeat(100_000);
        delivery(text, "delivered");
        assertThat(tryton.records().get(0).path("note").asText()).isEqualTo(text);
        tryton.answering(call -> call.is("create") ? Answer.of(200, "[".repeat(3 << 20)) : null);
        String message = send("y");
        String path = "/v1/deliveries?messageId=" + message;
        within(30, () -> assertThat(tenant.get(path).at("/data/0/attempts/0/errorClass"))
                .isEqualTo("unknown"));
    }

    @Test
    void aSystemThatSaysNothingEndsWithTheTimeOfTheConnection() {
        tryton.answering(call -> {
            if (call.is("create")) {
                within(20, () -> assertThat(tenant.get("/v1/deliveries").at("/data/0/attempts/0/errorClass"))
                        .isEqualTo("timeout"));
                return Answer.of(503);
            }
            return null;
        });
        connection(tryton.url(), "demo", FakeTryton.USER, password(), "", ",\"timeout\":\"PT1S\",\"maxAttempts\":1");
        assertThat(delivery("one", "failed").at("/attempts/0/errorClass").asText())
                .isEqualTo("timeout");
    }
}
