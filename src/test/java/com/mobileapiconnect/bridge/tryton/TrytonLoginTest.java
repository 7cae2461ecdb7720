package com.mobileapiconnect.bridge.tryton;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static com.mobileapiconnect.bridge.tryton.FakeTryton.error;
import static com.mobileapiconnect.bridge.tryton.FakeTryton.html;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the connector {@code tryton-record} logs in, and what it makes of sessions and refusals. */
class TrytonLoginTest extends TrytonSuite {

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
    void anOlderSystemHasAnotherPath() {
        tryton.isOlder();
        connection("");
        delivery("one", "delivered");
        delivery("two", "delivered");
        assertThat(tryton.requests("/demo/rpc/")).hasSize(1);
        assertThat(tryton.records()).hasSize(2);
    }

    @Test
    void oneSessionIsEnoughForManyAndForWhatIsKnownOfTheFields() {
        connection("");
        List<String> all = IntStream.range(0, 6).mapToObj(n -> send("m" + n)).toList();
        all.forEach(message -> settled(message, "delivered"));
        assertThat(tryton.records()).hasSize(6);
        assertThat(tryton.logins()).isEqualTo(1);
    }

    @Test
    void aSessionThatHasEndedIsBegunAgainWithinTheAttempt() {
        connection("");
        delivery("one", "delivered");
        tryton.forget();
        assertThat(delivery("two", "delivered").path("attempts")).hasSize(1);
        assertThat(tryton.logins()).isEqualTo(2);
        assertThat(tryton.records()).hasSize(2);
    }

    /** Tryton answers a login so while its PostgreSQL is away. */
    @Test
    void aDatabaseThatIsNotThereNowIsAskedAgain() {
        AtomicInteger logins = new AtomicInteger();
        tryton.answering(call -> call.is("login") && logins.incrementAndGet() == 1
                ? FakeTryton.html(404, "Not Found", "The requested URL was not found on the server.")
                : null);
        connection("");
        JsonNode delivery = delivery("one", "delivered");
        assertThat(delivery.at("/attempts/0/error").asText()).contains("cannot reach at the moment");
        assertThat(tryton.records()).hasSize(1);
    }

    @Test
    void aSessionThatIsRefusedThoughItWasJustGivenDisablesNothing() {
        AtomicInteger refused = new AtomicInteger();
        tryton.answering(call -> call.is("create") && refused.incrementAndGet() < 3 ? Answer.of(401) : null);
        connection("");
        JsonNode delivery = delivery("one", "delivered");
        assertThat(delivery.at("/attempts/0/error").asText()).contains("the session that it has just given");
        assertThat(delivery.path("attempts")).hasSize(2);
    }

    @Test
    void aWrongPasswordIsTriedOnceHoweverManyWaitAndDisablesTheConnection() {
        String id = connection(tryton.url(), "demo", FakeTryton.USER, "wrong", "", "");
        List<String> all = IntStream.range(0, 6).mapToObj(n -> send("m" + n)).toList();
        all.forEach(message -> settled(message, "held"));
        assertThat(tryton.calls()).containsOnly("common.db.login").hasSize(1);
        assertThat(tenant.get("/v1/connections/" + id).at("/status")).isEqualTo("disabled");
    }

    @Test
    void aLoginThatAsksForMoreThanAPasswordIsRefused() {
        tryton.answering(call -> call.is("login")
                ? error("[\"LoginException\",[\"sms_code\",\"Code sent to your phone\",\"char\"]]")
                : null);
        String id = connection("");
        assertThat(delivery("one", "held").at("/attempts/0/error").asText())
                .contains("more than a password (Code sent to your phone)");
        assertThat(findings(id).toString()).contains("more than a password");
    }

    /** Each further attempt would lock it anew. */
    @Test
    void aLockedLoginIsLeftAloneForSomeMinutes() {
        tryton.answering(call -> call.is("login") ? html(429, "Too Many Requests", "x") : null);
        String id = connection("");
        List<String> all = IntStream.range(0, 4).mapToObj(n -> send("m" + n)).toList();
        String first = "/v1/deliveries?messageId=" + all.get(0);
        within(30, () -> assertThat(tenant.get(first).json().at("/data/0/attempts"))
                .isNotEmpty());
        assertThat(tenant.get(first).at("/data/0/attempts/0/error")).contains("HTTP 429", "locks a login");
        JsonNode connection = tenant.get("/v1/connections/" + id).json();
        assertThat(connection.path("status").asText()).isEqualTo("active");
        assertThat(findings(id).at("/faults/0/message").asText()).contains("for the right one too");
        assertThat(tryton.calls()).hasSize(1);
    }
}
