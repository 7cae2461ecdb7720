package com.mobileapiconnect.bridge.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Delivered;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Retry;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth.OAuth2;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.support.ErpSuite;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a record by what its service answers. */
class ODataAnswersTest extends SharedSqliteSuite {

    private static final String FIELDS = "{\"text\":\"what the SMS says\"}";

    private Receiver service;
    private final String id = "dlv_" + System.nanoTime();

    @BeforeEach
    void open() {
        service = new Receiver();
    }

    @AfterEach
    void close() {
        service.close();
    }

    private Attempts to(String more) {
        return Attempts.of(
                bridge,
                "odata4",
                service.url("/odata"),
                "{\"entitySet\":\"Sms\",\"key\":\"ID\",\"fields\":{}" + more + "}");
    }

    private List<String> calls() {
        return service.requests().stream()
                .map(got -> got.method() + " " + got.path())
                .toList();
    }

    /** The POST is answered so; asked for the key the service says whether the record is there. */
    private Outcome posted(int status, String code, int keyStatus) {
        service.answering(got -> got.method().equals("POST")
                ? FakeService.error(status, code)
                : keyStatus == 200
                        ? FakeService.json(200, "{\"ID\":\"" + id + "\"}")
                        : FakeService.error(keyStatus, "404"));
        return to("").first(id, FIELDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "upsert", "find-create"})
    void aPageIsNoRecordWhateverItsStatusIs(String mode) {
        service.answering(got -> got.method().equals("GET")
                ? FakeService.json(200, "{\"value\":[]}")
                : ErpSuite.html(200)); // to log in at
        assertThat(to(",\"mode\":\"" + mode + "\"").first(id, FIELDS)).isInstanceOfSatisfying(Retry.class, retry -> {
            assertThat(retry.evidence().errorClass()).isEqualTo(ErrorClass.UNKNOWN);
            assertThat(retry.evidence().error()).contains("a page");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 412, 422, 500})
    void whateverIsCalledADuplicateIsDoneIfTheRecordIsThere(int status) {
        assertThat(posted(status, "X", 200)).isInstanceOfSatisfying(Delivered.class, done -> {
            assertThat(done.record().id()).isEqualTo(id);
            assertThat(done.record().url()).isEqualTo(service.url("/odata/Sms('" + id + "')"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "400, X, Rejected",
        "403, X, Rejected",
        "404, X, Rejected",
        "405, X, Rejected",
        "409, X, Rejected",
        "413, X, Rejected",
        "422, X, Rejected",
        "408, X, Retry",
        "425, X, Retry",
        "429, X, Retry",
        "500, X, Retry",
        "500, SQLITE_CONSTRAINT_NOTNULL, Rejected",
        "500, 23505, Rejected",
        "502, X, Retry",
        "503, X, Retry",
        "504, X, Retry",
        "307, X, Retry",
        "401, X, LoginRefused"
    })
    void withoutTheRecordStatusAndCodeDecide(int status, String code, String outcome) {
        Outcome was = posted(status, code, 404);
        assertThat(was.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(was.evidence().httpStatus()).isEqualTo(status);
        assertThat(was.evidence().errorClass())
                .isEqualTo(
                        status == 401
                                ? ErrorClass.LOGIN
                                : outcome.equals("Rejected") ? ErrorClass.SYSTEM : ErrorClass.HTTP);
        if (status != 307) {
            assertThat(was.evidence().error()).contains("said so");
        }
    }

    @Test
    void aServiceThatDoesNotSayWhetherTheRecordIsThereIsAskedLater() {
        assertThat(posted(500, "X", 503)).isInstanceOf(Retry.class);
        service.requests().clear();
        service.answering(got -> new Answer(200, Map.of(), "<html>Please log in</html>".getBytes()));
        assertThat(to("").again(id, FIELDS)).isInstanceOf(Retry.class);
        assertThat(service.requests()).extracting(Receiver.Got::method).containsExactly("GET");
    }

    @Test
    void theWaitThatTheServiceAsksForIsPassedOn() {
        service.answering(got -> Answer.of(503, Map.of("Retry-After", "420")));
        assertThat(to("").first(id, FIELDS)).isInstanceOfSatisfying(Retry.class, retry -> assertThat(retry.after())
                .isEqualTo(Duration.ofMinutes(7)));
    }

    @Test
    void aServiceThatLetsNobodyReadGuardsItsKeyItself() {
        service.answering(got -> got.method().equals("POST") ? Answer.of(204) : Answer.of(403));
        assertThat(to("").again(id, FIELDS)).isInstanceOf(Delivered.class);
        assertThat(calls()).containsExactly("GET /odata/Sms('" + id + "')?$select=ID", "POST /odata/Sms");
    }

    @Test
    void aServiceWithoutPatchThatMakesRecordsAndWithoutPutGetsACreate() {
        service.answering(got -> switch (got.method()) {
            case "PATCH" -> Answer.of(404);
            case "PUT" -> Answer.of(405);
            default -> Answer.of(201, Map.of("OData-EntityId", "Sms('" + id + "')"));
        });
        assertThat(to(",\"mode\":\"upsert\"").first(id, FIELDS)).isInstanceOf(Delivered.class);
        assertThat(calls())
                .containsExactly("PATCH /odata/Sms('" + id + "')", "PUT /odata/Sms('" + id + "')", "POST /odata/Sms");
        assertThat(service.requests().get(1).header("If-None-Match")).isEqualTo("*");
    }

    @Test
    void aRecordThatWasChangedMeanwhileIsChangedByItsNewVersion() {
        service.answering(got -> switch (got.method()) {
            case "GET" -> new Answer(200, Map.of("ETag", "W/\"7\""), ("{\"ID\":\"" + id + "\"}").getBytes());
            default -> got.header("If-Match").equals("W/\"7\"") ? Answer.of(204) : Answer.of(412);
        });
        assertThat(to(",\"mode\":\"upsert\"").first(id, FIELDS)).isInstanceOf(Delivered.class);
    }

    @Test
    void aTokenThatHasExpiredIsReplacedWithinTheAttemptAndOneThatIsRefusedIsNotTriedAgain() {
        AtomicInteger tokens = new AtomicInteger();
        List<String> refused = new ArrayList<>();
        service.answering(got -> {
            if (got.path().equals("/token")) {
                return FakeService.json(
                        200, "{\"access_token\":\"t" + tokens.incrementAndGet() + "\",\"expires_in\":3600}");
            }
            return refused.contains(got.header("Authorization")) ? Answer.of(401) : Answer.of(201);
        });
        Attempts connection = to("").with(new OAuth2(
                service.url("/token"), "c", new Redacted("secret-of-the-client"), null, null, false, false));
        assertThat(connection.first(id, FIELDS)).isInstanceOf(Delivered.class);
        refused.add("Bearer t1");
        assertThat(connection.first(id + "b", FIELDS)).isInstanceOf(Delivered.class);
        refused.add("Bearer t2");
        refused.add("Bearer t3");
        assertThat(connection.first(id + "c", FIELDS).evidence().errorClass()).isEqualTo(ErrorClass.LOGIN);
        assertThat(tokens).hasValue(3);
    }

    @Test
    void aClientThatTheTokenEndpointRefusesIsALoginThatWasRefused() {
        service.answering(got -> FakeService.json(400, "{\"error\":\"invalid_client\"}"));
        Outcome outcome = to("").with(
                        new OAuth2(service.url("/token"), "c", new Redacted("s"), null, null, false, false))
                .first(id, FIELDS);
        assertThat(outcome.evidence().errorClass()).isEqualTo(ErrorClass.LOGIN);
        assertThat(outcome.evidence().error()).contains("invalid_client");
    }

    @Test
    void oneWrongPasswordIsEnoughHoweverManyCallsThereAre() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        service.answering(got -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            atOnce.decrementAndGet();
            return Answer.of(401);
        });
        Attempts connection = to("").as("u", "wrong");
        List<CompletableFuture<Outcome>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(connection.begin(id + i, FIELDS));
        }
        assertThat(calls)
                .allSatisfy(call ->
                        assertThat(Attempts.end(call).evidence().errorClass()).isEqualTo(ErrorClass.LOGIN));
        assertThat(most).hasValue(1);
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void anAnswerWithoutAnEndEndsWithTheTimeOfTheTarget() {
        try (RawServer drips = RawServer.start(peer -> {
            peer.request();
            peer.send("HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n").endlessly("x", 100);
        })) {
            Outcome outcome = Attempts.of(
                            bridge,
                            "odata4",
                            "http://127.0.0.1:" + drips.port(),
                            "{\"entitySet\":\"Sms\",\"key\":\"ID\",\"fields\":{}}")
                    .within(Duration.ofSeconds(1))
                    .first(id, FIELDS);
            assertThat(outcome).isInstanceOf(Retry.class);
            assertThat(outcome.evidence().errorClass()).isEqualTo(ErrorClass.TIMEOUT);
        }
    }

    @Test
    void aServiceWithoutBatchesGetsItsRecordsOneByOne() {
        service.answering(got -> got.path().endsWith("/$batch") ? Answer.of(404) : Answer.of(201));
        assertThat(to(",\"batch\":true").together(List.of(id + 1, id + 2), List.of(FIELDS, FIELDS)))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Delivered.class));
        assertThat(calls())
                .containsExactly("POST /odata/$batch", "POST /odata/$batch", "POST /odata/Sms", "POST /odata/Sms");
    }

    /** Each call of the service ends only when all have come: one after the other, none would. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsThatGoOneByOneGoAtTheSameTime(boolean mayBeThere) {
        int most = 8;
        CyclicBarrier all = new CyclicBarrier(most);
        service.answering(got -> {
            if (got.path().endsWith("/$batch")) {
                return Answer.of(404);
            } else if (got.method().equals("GET") || !mayBeThere) {
                try {
                    all.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                    return Answer.of(504);
                }
            }
            return got.method().equals("GET") ? Answer.of(404) : Answer.of(201);
        });
        List<String> ids = IntStream.range(0, most).mapToObj(i -> id + i).toList();
        Attempts connection = to(",\"batch\":true");
        List<Outcome> outcomes = mayBeThere
                ? connection.togetherAgain(ids, FIELDS)
                : connection.together(ids, Collections.nCopies(most, FIELDS));
        assertThat(outcomes).hasSize(most).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOf(Delivered.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create      | {\"status\":\"maintenance\"}",
                "create      | {\"ID\":\"dlv_of_another\"}",
                "find-create | {\"value\":[{\"ID\":\"dlv_of_another\",\"@odata.id\":\"Sms('7')\"}]}",
                "find-create | {\"value\":[{\"text\":\"no key\"}]}",
                "find-create | {\"value\":{}}"
            })
    void anAnswerThatDoesNotHaveTheRecordIsNoRecord(String mode, String answer) {
        service.answering(got -> got.method().equals("GET") ? FakeService.json(200, answer) : Answer.of(201));
        assertThat(to(",\"mode\":\"" + mode + "\"").again(id, FIELDS))
                .isInstanceOfSatisfying(
                        Retry.class, retry -> assertThat(retry.evidence().error())
                                .contains("nothing that has the delivery's id in ID"));
        assertThat(service.requests()).extracting(Receiver.Got::method).containsExactly("GET");
    }

    @Test
    void theRecordIsFoundAmongOthersHoweverItsKeyIsSpelled() {
        service.answering(got -> FakeService.json(
                200, "{\"value\":[{\"ID\":\"x\"},{\"ID\":\"" + id.toUpperCase() + " \",\"@odata.id\":\"Sms('7')\"}]}"));
        assertThat(to(",\"mode\":\"find-create\"").first(id, FIELDS))
                .isInstanceOfSatisfying(
                        Delivered.class, done -> assertThat(done.record().id()).isEqualTo("7"));
    }

    @Test
    void aTokenThatIsRefusedThoughItWasJustGivenIsTriedLater() {
        service.answering(got -> got.method().equals("GET")
                ? Answer.of(200, Map.of("X-CSRF-Token", "t" + System.nanoTime()))
                : Answer.of(403, Map.of("X-CSRF-Token", "Required")));
        assertThat(to("").first(id, FIELDS)).isInstanceOfSatisfying(Retry.class, retry -> {
            assertThat(retry.evidence().httpStatus()).isEqualTo(403);
            assertThat(retry.evidence().error()).contains("the CSRF token that it has just given");
        });
        assertThat(calls()).containsExactly("POST /odata/Sms", "GET /odata/", "POST /odata/Sms");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void aLoginOrTokenThatIsNotGivenNowFailsNoRecord(int status) {
        service.answering(got -> got.path().endsWith("/Login") || got.method().equals("GET")
                ? FakeService.error(status, "-304")
                : Answer.of(403, Map.of("X-CSRF-Token", "Required")));
        assertThat(to(",\"companyDb\":\"SBO\"").as("u", "p").first(id, FIELDS))
                .isInstanceOfSatisfying(
                        Retry.class, retry -> assertThat(retry.evidence().error())
                                .startsWith("HTTP " + status + " to the login: -304"));
        assertThat(to("").first(id, FIELDS)).isInstanceOfSatisfying(Retry.class, retry -> assertThat(
                        retry.evidence().error())
                .startsWith("HTTP " + status + " to the question for a CSRF token"));
    }

    @Test
    void aSessionThatIsRefusedThoughItWasJustGivenDisablesNothing() {
        service.answering(got -> got.path().endsWith("/Login")
                ? Answer.of(200, Map.of("Set-Cookie", "B1SESSION=" + System.nanoTime()))
                : Answer.of(401));
        assertThat(to(",\"companyDb\":\"SBO\"").as("u", "p").first(id, FIELDS))
                .isInstanceOfSatisfying(
                        Retry.class,
                        retry -> assertThat(retry.evidence().error()).contains("the session that it has just given"));
    }

    @Test
    void aServiceThatTakesBatchesAsMultipartAloneGetsThemSo() {
        service.answering(got -> !got.header("Content-Type").startsWith("multipart/mixed")
                ? Answer.of(got.method().equals("GET") ? 404 : 415)
                : new Answer(202, Map.of("Content-Type", "multipart/mixed; boundary=b"), """
                        --b
                        Content-Type: application/http

                        HTTP/1.1 201 Created
                        Location: Sms('first')

                        --b
                        Content-Type: application/http

                        HTTP/1.1 400 Bad Request
                        Content-Type: application/json

                        {"error":{"code":"X","message":"no"}}
                        --b--
                        """.getBytes(
                                StandardCharsets.UTF_8)));
        Attempts connection = to(",\"batch\":true");
        for (int i = 0; i < 2; i++) {
            List<Outcome> outcomes = connection.together(List.of(id + 1, id + 2), List.of(FIELDS, FIELDS));
            assertThat(outcomes.get(0)).isInstanceOfSatisfying(Delivered.class, done -> assertThat(
                            done.record().id())
                    .isEqualTo("first"));
            assertThat(outcomes.get(1)).isInstanceOf(Outcome.Rejected.class);
        }
        assertThat(service.requests("/odata/$batch"))
                .as("the form that it does not know is tried once")
                .hasSize(3);
    }

    @Test
    void whatTheAnswerToABatchDoesNotSayIsAskedForLater() {
        service.answering(got -> FakeService.json(200, "{\"responses\":[{\"id\":\"1\",\"status\":204}]}"));
        List<Outcome> outcomes = to(",\"batch\":true").together(List.of(id + 1, id + 2), List.of(FIELDS, FIELDS));
        assertThat(outcomes.get(0).evidence().errorClass()).isEqualTo(ErrorClass.UNKNOWN);
        assertThat(outcomes.get(1)).isInstanceOf(Delivered.class);
    }
}
