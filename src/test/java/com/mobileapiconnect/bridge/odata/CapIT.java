package com.mobileapiconnect.bridge.odata;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Delivered;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Rejected;
import com.mobileapiconnect.bridge.delivery.Outcome.Retry;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The OData connectors and a real service: SAP CAP on SQLite, with what SAP's gateways put in front. */
class CapIT {

    private static final String HOSTILE =
            "a ' OR 1=1 --\n\"},{\"clerk\":\"x\" \\u0000 <b>&amp;</b> %27 $filter {{text}} ${body} 👍🏽 ';--";

    private static CapServer cap;
    private static RunningBridge bridge;

    private final String run = Long.toString(System.nanoTime(), 36);

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        cap = CapServer.start();
        bridge = RunningBridge.start(data);
    }

    @AfterAll
    static void stop() {
        if (bridge != null) {
            bridge.close();
        }
        if (cap != null) {
            cap.close();
        }
    }

    @BeforeEach
    void behaveWell() {
        cap.behave("{}");
    }

    private static Attempts to(String system, String set, String more) {
        return Attempts.of(
                        bridge,
                        system,
                        cap.root(),
                        "{\"entitySet\":\"" + set + "\",\"key\":\"ID\",\"fields\":{\"text\":\"{{text}}\"}" + more + "}")
                .as(CapServer.USER, CapServer.PASSWORD);
    }

    private String id(String name) {
        return "dlv_" + name + run;
    }

    private static JsonNode record(String set, String id) {
        return cap.read(set + "('" + id + "')");
    }

    private static long count(String set, String id) {
        return cap.records(set).stream()
                .filter(each -> each.get("ID").asText().equals(id))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"odata4-entity", "olingo4-entity"})
    void anSmsBecomesARecordWithTypedFieldsWhateverItSays(String connector) throws Exception {
        Api tenant = bridge.newTenant().api();
        String connection = tenant.post("/v1/connections", """
                        {"name":"CAP","connector":"%s","outboundUrl":"%s",
                         "http":{"auth":{"type":"basic","username":"bridge","password":"open-sesame"}},
                         "properties":{"entitySet":"Sms","key":"ID","fields":{
                           "sender":"{{from}}","text":"{{text}}","receivedAt":"{{receivedAt}}",
                           "priority":{"value":"3","as":"integer"},"amount":{"value":"12.50","as":"number"},
                           "urgent":{"value":"yes","as":"boolean"}}}}""".formatted(connector, cap.root()))
                .expect(201)
                .at("/id");
        String phone = tenant.post("/v1/devices", "{\"name\":\"p\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token");
        String text = new com.fasterxml.jackson.databind.json.JsonMapper().writeValueAsString(HOSTILE);
        String message = tenant.as(phone)
                .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":" + text + "}")
                .expect(202)
                .at("/messages/0/id");
        within(30, () -> assertThat(delivery(tenant, message).path("status").asText())
                .isEqualTo("delivered"));

        JsonNode delivery = delivery(tenant, message);
        String id = delivery.path("id").asText();
        assertThat(delivery.path("target").path("id").asText()).isEqualTo(connection);
        assertThat(delivery.path("externalId").asText()).isEqualTo(id);
        assertThat(delivery.path("externalUrl").asText()).isEqualTo(cap.root() + "/Sms('" + id + "')");
        JsonNode record = record("Sms", id);
        assertThat(record.path("text").asText()).isEqualTo(HOSTILE);
        assertThat(record.path("sender").asText()).isEqualTo("919876543210");
        assertThat(record.path("priority").isInt()).isTrue();
        assertThat(record.path("amount").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(record.path("urgent").asBoolean()).isTrue();
        assertThat(record.path("clerk").isNull()).isTrue();
    }

    private static JsonNode delivery(Api tenant, String message) {
        return tenant.get("/v1/deliveries?messageId=" + message).json().at("/data/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"odata4", "olingo4"})
    void aRecordThatIsThereIsDoneWhateverTheServiceCallsADuplicate(String system) {
        for (String set : List.of("Sms", "Strict")) {
            Attempts connection = to(system, set, "");
            assertThat(connection.first(id(set + system), "{\"text\":\"one\"}")).isInstanceOf(Delivered.class);
            cap.behave("{}");
            Outcome repeat = connection.first(id(set + system), "{\"text\":\"two\"}");
            assertThat(cap.calls()).contains("POST /" + set + (set.equals("Strict") ? " 409" : " 500"));
            assertThat(repeat).isInstanceOfSatisfying(Delivered.class, done -> {
                assertThat(done.record().id()).isEqualTo(id(set + system));
                assertThat(done.record().url()).endsWith("/" + set + "('" + id(set + system) + "')");
            });
            assertThat(record(set, id(set + system)).path("text").asText()).isEqualTo("one");
        }
    }

    @ParameterizedTest
    @CsvSource({"odata4,create", "odata4,upsert", "olingo4,create"})
    void anAnswerThatIsLostAfterTheWriteMakesOneRecord(String system, String mode) {
        Attempts connection = to(system, "Sms", ",\"mode\":\"" + mode + "\"");
        assertThat(connection.first(id("warm" + system + mode), "{\"text\":\"x\"}"))
                .isInstanceOf(Delivered.class);
        String id = id("lost" + system + mode);
        cap.behave("{\"loses\":1}");
        Outcome lost = connection.first(id, "{\"text\":\"once\"}");
        assertThat(lost).isInstanceOf(Retry.class);
        assertThat(lost.evidence().errorClass().mayHaveArrived(null)).isTrue();
        assertThat(connection.again(id, "{\"text\":\"once\"}")).isInstanceOf(Delivered.class);
        assertThat(count("Sms", id)).isEqualTo(1);
    }

    @Test
    void aCreateThatMayHaveArrivedIsAskedForAndNotSentAgain() {
        Attempts connection = to("odata4", "Sms", "");
        String id = id("asked");
        connection.first(id, "{\"text\":\"one\"}");
        cap.behave("{}");
        assertThat(connection.again(id, "{\"text\":\"one\"}")).isInstanceOf(Delivered.class);
        assertThat(cap.calls()).noneMatch(call -> call.startsWith("POST"));
        assertThat(connection.again(id("new"), "{\"text\":\"one\"}")).isInstanceOf(Delivered.class);
        assertThat(cap.calls()).filteredOn(call -> call.startsWith("POST")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"odata4", "olingo4"})
    void fieldsWithFieldsMakeTheRecordsBelow(String system) {
        String id = id("deep" + system);
        Outcome outcome = to(system, "Cases", "")
                .first(id, "{\"title\":\"t\",\"notes\":[{\"pos\":1,\"text\":\"a'b\"},{\"pos\":2,\"text\":\"c\"}]}");
        assertThat(outcome).isInstanceOf(Delivered.class);
        JsonNode notes = cap.read("Cases('" + id + "')/notes").get("value");
        assertThat(notes).extracting(note -> note.get("text").asText()).containsExactly("a'b", "c");
    }

    @Test
    void anUpsertMakesTheRecordAndChangesNoMoreThanItsFields() {
        Attempts connection = to("odata4", "Sms", ",\"mode\":\"upsert\"");
        String id = id("upsert");
        assertThat(connection.first(id, "{\"text\":\"one\",\"sender\":\"1\"}"))
                .isInstanceOfSatisfying(
                        Delivered.class, done -> assertThat(done.record().id()).isEqualTo(id));
        cap.change("Sms('" + id + "')", "*", "{\"clerk\":\"Ann\"}");
        assertThat(connection.first(id, "{\"text\":\"two\",\"sender\":\"1\"}")).isInstanceOf(Delivered.class);
        JsonNode record = record("Sms", id);
        assertThat(record.path("text").asText()).isEqualTo("two");
        assertThat(record.path("clerk").asText()).isEqualTo("Ann");
        assertThat(count("Sms", id)).isEqualTo(1);
    }

    @Test
    void aServiceThatAsksForTheVersionIsToldIt() {
        Attempts connection = to("odata4", "Versioned", ",\"mode\":\"upsert\"");
        String id = id("version");
        assertThat(connection.first(id, "{\"text\":\"one\"}")).isInstanceOf(Delivered.class);
        assertThat(cap.calls())
                .containsSubsequence(
                        "PATCH /Versioned('" + id + "') 428",
                        "GET /Versioned('" + id + "')?$select=ID 404",
                        "PUT /Versioned('" + id + "') 201");
        cap.change("Versioned('" + id + "')", "*", "{\"clerk\":\"Ann\"}");
        assertThat(connection.again(id, "{\"text\":\"two\"}")).isInstanceOf(Delivered.class);
        JsonNode record = record("Versioned", id);
        assertThat(record.path("text").asText()).isEqualTo("two");
        assertThat(record.path("clerk").asText()).isEqualTo("Ann");
    }

    @Test
    void aTokenAgainstForgeryIsFetchedWithItsCookiesAndAgainWhenItHasExpired() {
        cap.behave("{\"csrf\":true}");
        Attempts connection = to("odata4", "Sms", "");
        assertThat(connection.first(id("csrf1"), "{\"text\":\"x\"}")).isInstanceOf(Delivered.class);
        assertThat(connection.first(id("csrf2"), "{\"text\":\"x\"}")).isInstanceOf(Delivered.class);
        assertThat(cap.calls())
                .as("one token for many records")
                .containsExactly("POST /Sms 403", "GET / 200", "POST /Sms 201", "POST /Sms 201");
        cap.behave("{\"csrf\":true,\"forget\":true}");
        assertThat(connection.first(id("csrf3"), "{\"text\":\"x\"}")).isInstanceOf(Delivered.class);
        assertThat(cap.calls()).startsWith("POST /Sms 403", "GET / 200", "POST /Sms 201");
    }

    @Test
    void withoutTheTokenTheServiceRefusesForGood() {
        cap.behave("{\"csrf\":true}");
        assertThat(to("odata4", "Sms", ",\"csrf\":\"off\"").first(id("off"), "{\"text\":\"x\"}"))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.evidence().error()).contains("CSRF token validation failed"));
        assertThat(to("olingo4", "Sms", "").first(id("olingo"), "{\"text\":\"x\"}"))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aSessionOfBusinessOneIsSharedAndBegunAgainWhenItHasEnded() {
        cap.behave("{\"sessions\":true}");
        Attempts connection = to("odata4", "Sms", ",\"companyDb\":\"SBODEMO\"").as("manager", "open-sesame");
        assertThat(connection.first(id("b1a"), "{\"text\":\"x\"}")).isInstanceOf(Delivered.class);
        assertThat(connection.first(id("b1b"), "{\"text\":\"x\"}")).isInstanceOf(Delivered.class);
        cap.behave("{\"sessions\":true,\"forget\":true}");
        assertThat(connection.first(id("b1c"), "{\"text\":\"x\"}")).isInstanceOf(Delivered.class);
        cap.behave("{\"sessions\":true}");
        Outcome wrong = to("odata4", "Sms", ",\"companyDb\":\"SBODEMO\"")
                .as("manager", "wrong")
                .first(id("b1d"), "{\"text\":\"x\"}");
        assertThat(wrong.evidence().errorClass()).isEqualTo(ErrorClass.LOGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"odata4", "olingo4"})
    void aWrongPasswordIsTriedOnceHoweverManyWait(String system) {
        Attempts connection = to(system, "Sms", "").as("bridge", "wrong");
        List<Outcome> outcomes =
                IntStream.range(0, 6)
                        .mapToObj(n -> connection.begin(id("wrong" + n), "{\"text\":\"x\"}"))
                        .toList()
                        .stream()
                        .map(Attempts::end)
                        .toList();
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.evidence().errorClass())
                .isEqualTo(ErrorClass.LOGIN));
        assertThat(cap.calls()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cases | {\"notes\":[]} | ASSERT_MANDATORY",
                "Sms   | {\"priority\":\"high, very high\"} | ASSERT_DATA_TYPE",
                "Sms   | {\"nope\":1} | nope",
                "Nope  | {\"text\":\"x\"} | HTTP 404"
            })
    void whatTheServiceNeverTakesIsRejectedInItsOwnWordsWithoutTheValues(String set, String fields, String word) {
        for (String system : List.of("odata4", "olingo4")) {
            Outcome outcome = to(system, set, "").first(id("bad" + system), fields);
            if (system.equals("odata4") || !set.equals("Nope")) {
                assertThat(outcome).as(system).isInstanceOf(Rejected.class);
                assertThat(outcome.evidence().error()).contains(word).doesNotContain("high, very high");
            } else {
                assertThat(outcome).isNotInstanceOf(Delivered.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"odata4", "olingo4"})
    void whoMayNotWriteIsTold(String system) {
        assertThat(to(system, "Sms", "").as("reader", "only-reads").first(id("reader"), "{\"text\":\"x\"}"))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.evidence().httpStatus()).isEqualTo(403));
    }

    @Test
    void aServiceThatNumbersItsRecordsIsAskedForTheFieldFirst() {
        Attempts connection = Attempts.of(
                        bridge,
                        "odata4",
                        cap.root(),
                        "{\"entitySet\":\"Tickets\",\"key\":\"bridgeId\",\"mode\":\"find-create\",\"fields\":{}}")
                .as(CapServer.USER, CapServer.PASSWORD);
        String id = id("it's");
        Outcome made = connection.first(id, "{\"text\":\"x\"}");
        assertThat(made).isInstanceOfSatisfying(Delivered.class, done -> {
            assertThat(done.record().id()).matches("[0-9a-f-]{36}");
            assertThat(done.record().url()).contains("/Tickets(");
        });
        assertThat(connection.first(id, "{\"text\":\"x\"}")).isInstanceOf(Delivered.class);
        assertThat(cap.records("Tickets"))
                .filteredOn(each -> each.get("bridgeId").asText().equals(id))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "multipart"})
    void aBatchMakesItsRecordsInOneCallAndABadOneSpoilsNoOther(String form) {
        Attempts connection = to("odata4", "Sms", ",\"batch\":true");
        connection.first(id("batch2"), "{\"text\":\"there already\"}");
        cap.behave("{\"onlyMultipart\":" + form.equals("multipart") + "}");
        List<Outcome> outcomes = connection.together(
                List.of(id("batch0"), id("batch1"), id("batch2"), id("batch3")),
                List.of("{\"text\":\"x\"}", "{\"priority\":\"no number\"}", "{\"text\":\"x\"}", "{\"text\":\"y\"}"));
        assertThat(cap.calls())
                .filteredOn(call -> call.startsWith("POST /$batch") && !call.endsWith("415"))
                .hasSize(1);
        assertThat(cap.calls()).noneMatch(call -> call.equals("POST /Sms 201") && !call.contains("$batch"));
        assertThat(outcomes.get(0)).isInstanceOf(Delivered.class);
        assertThat(outcomes.get(1)).isInstanceOf(Rejected.class);
        assertThat(outcomes.get(2)).isInstanceOf(Delivered.class);
        assertThat(outcomes.get(3)).isInstanceOf(Delivered.class);
        assertThat(count("Sms", id("batch0")) + count("Sms", id("batch2")) + count("Sms", id("batch3")))
                .isEqualTo(3);
        assertThat(record("Sms", id("batch2")).path("text").asText()).isEqualTo("there already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"odata4", "olingo4"})
    void theTestSaysWhatIsWrongAndWritesNothing(String system) {
        ErpFindings good = to(system, "Sms", "").test();
        assertThat(good.faults()).isEmpty();
        assertThat(cap.calls()).allMatch(call -> call.startsWith("GET"));

        ErpFindings bad = Attempts.of(bridge, system, cap.root(), """
                        {"entitySet":"Sms","key":"ID","fields":{"txt":"{{text}}","priority":"{{text}}",
                         "madeBy":"{{from}}","receivedAt":"{{text}}","sender":{"value":"{{from}}","as":"integer"}}}""")
                .as(CapServer.USER, CapServer.PASSWORD)
                .test();
        assertThat(bad.faults())
                .extracting(Fault::words)
                .anySatisfy(fault -> assertThat(fault).contains("no field txt").contains("text"))
                .anySatisfy(fault -> assertThat(fault).contains("priority", "Edm.Int32", "integer"))
                .anySatisfy(fault -> assertThat(fault).contains("madeBy", "cannot be written"))
                .anySatisfy(fault -> assertThat(fault).contains("receivedAt", "Edm.DateTimeOffset"))
                .anySatisfy(fault -> assertThat(fault).contains("sender", "Edm.String"))
                .hasSize(5);
        assertThat(to(system, "Smss", "").test().faults()).singleElement().satisfies(fault -> assertThat(fault.words())
                .contains("no entity set Smss", "Sms"));
        assertThat(to(system, "Sms", "").as("bridge", "wrong").test().faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.kind()).isEqualTo(FaultKind.LOGIN));
    }

    @Test
    void manyConnectionsOfOlingoEachReachTheirOwnService() {
        List<String> sets = List.of("Sms", "Strict", "Versioned");
        List<java.util.concurrent.CompletableFuture<Outcome>> calls = new java.util.ArrayList<>();
        for (int i = 0; i < 30; i++) {
            calls.add(to("olingo4", sets.get(i % 3), "").begin(id("many" + i), "{\"text\":\"" + i + "\"}"));
        }
        assertThat(calls).allSatisfy(call -> assertThat(Attempts.end(call)).isInstanceOf(Delivered.class));
        for (int i = 0; i < 30; i++) {
            assertThat(record(sets.get(i % 3), id("many" + i)).path("text").asText())
                    .isEqualTo(String.valueOf(i));
        }
    }
}
