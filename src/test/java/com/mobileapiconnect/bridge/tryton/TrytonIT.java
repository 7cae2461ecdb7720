package com.mobileapiconnect.bridge.tryton;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connector {@code tryton-record} and a real Tryton, with a relay before it that counts and loses answers. */
class TrytonIT extends TrytonSuite {

    private static final String PATIENT = ",\"timeout\":\"PT30S\",\"maxAttempts\":900";

    private static TrytonServer tryton;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicBoolean losesNextRecord = new AtomicBoolean();
    private Receiver relay;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        tryton = TrytonServer.start();
    }

    @AfterAll
    static void stop() {
        if (tryton != null) {
            tryton.close();
        }
    }

    @BeforeEach
    void relay() {
        relay = new Receiver();
        relay.answering(this::passOn);
    }

    @AfterEach
    void end() {
        relay.close();
    }

    private Answer passOn(Got got) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tryton.url() + got.path()))
                .header("Content-Type", got.header("Content-Type"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(got.body()));
        if (!got.header("Authorization").isEmpty()) {
            request.header("Authorization", got.header("Authorization"));
        }
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (got.text().contains(".create\"") && losesNextRecord.getAndSet(false)) {
                throw new IllegalStateException("The answer is lost");
            }
            String type = answer.headers().firstValue("Content-Type").orElse("text/plain");
            return new Answer(answer.statusCode(), Map.of("Content-Type", type), answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long calls(String method) {
        return relay.requests().stream()
                .filter(got -> got.text().contains("." + method + "\""))
                .count();
    }

    @Override
    String url() {
        return relay.url("");
    }

    @Override
    String password() {
        return TrytonServer.PASSWORD;
    }

    @Override
    String connection(String more) {
        return as(TrytonServer.USER, password(), more);
    }

    private String as(String user, String password, String more) {
        return connection(url(), "demo", user, password, more, PATIENT);
    }

    private static List<String> parties(JsonNode delivery) {
        return tryton.parties(delivery.path("id").asText());
    }

    @Test
    void aMessageIsAPartyWhateverItSaysAndTheTestFindsNothingWrong() {
        String id = connection("");
        assertThat(findings(id).path("faults")).isEmpty();
        JsonNode delivery = delivery(HOSTILE, "delivered");
        assertThat(parties(delivery)).containsExactly("SMS from 919876543210: " + ONE_LINE);
        assertThat(delivery.path("externalId").asText()).matches("[0-9]+");
        assertThat(delivery.path("attempts")).hasSize(1);
    }

    @Test
    void recordsBelowAreMadeWithTheParty() {
        String id = connection(",\"fields\":{\"name\":\"{{from}}\",\"mobile\":\"+{{from}}\",\"active\":true,"
                + "\"addresses\":[{\"street\":\"{{text}}\",\"city\":\"{{text}}\"}]}");
        assertThat(findings(id).path("faults")).isEmpty();
        assertThat(parties(delivery("a\nb", "delivered"))).containsExactly("919876543210");
    }

    @Test
    void anAnswerThatIsLostAfterTheWriteMakesOneParty() {
        connection("");
        losesNextRecord.set(true);
        JsonNode delivery = delivery("once", "delivered");
        assertThat(delivery.path("attempts")).hasSize(2);
        assertThat(parties(delivery)).hasSize(1);
        assertThat(delivery.path("externalId").asText()).isNotEmpty();
        assertThat(calls("create")).isEqualTo(1);
    }

    @Test
    void twentyAtOnceAreTwentyPartiesOverOneSession() {
        connection("");
        List<String> all = IntStream.range(0, 20).mapToObj(n -> send("m" + n)).toList();
        assertThat(all.stream().map(message -> settled(message, "delivered")).toList())
                .allSatisfy(delivery -> assertThat(parties(delivery)).hasSize(1));
        assertThat(calls("login")).isEqualTo(1);
    }

    @Test
    void aWrongPasswordIsTriedOnceAndLocksTheLoginForTheRightOneToo() {
        as(TrytonServer.LOCKED, "wrong", "");
        List<String> all = IntStream.range(0, 6).mapToObj(n -> send("m" + n)).toList();
        all.forEach(message -> settled(message, "held"));
        assertThat(calls("login")).isEqualTo(1);
        tenant.deleteConnections();

        String right = as(TrytonServer.LOCKED, password(), "");
        assertThat(findings(right).at("/faults/0/message").asText()).contains("for the right one too");
        assertThat(tenant.get("/v1/connections/" + right).at("/status")).isEqualTo("active");
    }

    @Test
    void aSessionThatWasEndedIsBegunAgain() {
        connection("");
        delivery("one", "delivered");
        tryton.endSessions();
        assertThat(delivery("two", "delivered").path("attempts")).hasSize(1);
        assertThat(calls("login")).isEqualTo(2);
    }

    @Test
    void aSystemThatWasKilledHasTheRecordOnceItIsBack() throws Exception {
        connection("");
        delivery("before", "delivered");
        tryton.kill();
        String message = send("meanwhile");
        String path = "/v1/deliveries?messageId=" + message;
        within(60, () -> assertThat(tenant.get(path).json().at("/data/0/attempts"))
                .isNotEmpty());
        tryton.comeBack();
        assertThat(parties(settled(message, "delivered"))).hasSize(1);
    }

    @Test
    void whatTrytonRefusesIsRejectedAndTheTestNamesItBefore() {
        String id = connection(",\"fields\":{\"nme\":\"{{text}}\"}");
        assertThat(findings(id).at("/faults/0/message").asText()).contains("no field nme");
        assertThat(delivery("x", "failed").at("/attempts/0/error").asText()).contains("'nme'");
        tenant.deleteConnections();

        id = connection(",\"fields\":{\"name\":\"{{text}}\",\"full_name\":\"x\"}");
        assertThat(findings(id).at("/faults/0/message").asText()).contains("cannot be written");
        assertThat(delivery("x", "failed").at("/attempts/0/error").asText()).contains("Missing setter");
        tenant.deleteConnections();

        id = connection(",\"model\":\"party.nope\",\"key\":\"code\",\"fields\":{\"name\":\"x\"}");
        assertThat(findings(id).at("/faults/0/kind").asText()).isEqualTo("missing");
        assertThat(delivery("x", "failed").at("/attempts/0/error").asText()).contains("party.nope");
    }

    @Test
    void aUserWithoutPermissionIsTold() {
        String id = as(TrytonServer.READER, password(), "");
        assertThat(findings(id).at("/faults/0/kind").asText()).isEqualTo("permission");
        assertThat(delivery("what only the customer knows", "failed")
                        .at("/attempts/0/error")
                        .asText())
                .isNotEmpty()
                .doesNotContain("customer");
    }

    @Test
    void aDatabaseThatIsNotThereIsTold() {
        String id = connection(url(), "demos", TrytonServer.USER, password(), "", "");
        assertThat(findings(id).at("/faults/0/kind").asText()).isEqualTo("missing");
    }
}
