package com.mobileapiconnect.bridge.kamelet;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;

/** The test button: a system that can be asked is asked and not written to, and what is wrong is said in words. */
class ConnectionTestsTest {

    private static final String ASKED = KameletFiles.kamelet("asked", """
            required: [table]
            properties:
              table: {title: Table, type: string}
            """, "- to: erp:asked")
            .replace("labels:", "annotations:\n    mobileapiconnect.com/needs: outboundUrl\n  labels:");

    private static RunningBridge bridge;
    private static Asked system;

    static class Systems {
        @Bean
        Asked asked() {
            return new Asked();
        }
    }

    /** The name of the table says what a test finds. */
    static final class Asked implements ErpSystem {

        private final AtomicInteger written = new AtomicInteger();
        private final AtomicInteger interrupted = new AtomicInteger();
        private volatile CountDownLatch ends = new CountDownLatch(1);

        @Override
        public String name() {
            return "asked";
        }

        @Override
        public CompletableFuture<Outcome> send(ErpWrite write) {
            written.incrementAndGet();
            return CompletableFuture.completedFuture(new Outcome.Delivered(Evidence.ok(200, "{}")));
        }

        @Override
        public ErpRequest preview(ErpWrite write) {
            return new ErpRequest("POST", "asked", Map.of(), null);
        }

        @Override
        public ErpFindings test(ErpConnection connection, long deadlineNanos) {
            String table = String.valueOf(connection.text("table"));
            return switch (table) {
                case "lacks" ->
                    new ErpFindings(
                            List.of("The login is right"),
                            List.of(
                                    Fault.noField("nots", "the table sms"),
                                    Fault.type("at", "the table sms", "timestamp")));
                case "refuses" -> ErpFindings.wrong(Fault.login("erp.example.com"));
                case "closed" -> throw new UncheckedIOException(new ConnectException("erp/10.1.2.3:443 refused"));
                case "breaks" -> throw new IllegalStateException("secret=abc at com.example.Internal");
                case "hangs" -> {
                    hang(false);
                    yield ErpFindings.right();
                }
                case "hangs on" -> {
                    hang(true);
                    yield ErpFindings.right();
                }
                default -> ErpFindings.right("The table " + table + " is there");
            };
        }

        private void hang(boolean whateverComes) {
            do {
                try {
                    ends.await();
                    return;
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
            } while (whateverComes);
        }
    }

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        Path connectors = Files.createDirectory(data.resolve("connectors"));
        KameletFiles.save(connectors, "asked", ASKED);
        bridge = RunningBridge.start(
                List.of(Systems.class),
                data,
                "bridge.connectors.dir=" + connectors,
                "bridge.tenant.limits.tests-at-once=2");
        system = bridge.bean(Asked.class);
    }

    @AfterAll
    static void stop() {
        system.ends.countDown();
        bridge.close();
    }

    /** With a short time for what hangs, and for all else with more than any machine needs. */
    private static String connection(Api tenant, String table) {
        String timeout = table.startsWith("hangs") ? "PT1S" : "PT30S";
        return tenant.post(
                        "/v1/connections",
                        "{\"name\":\"C\",\"connector\":\"asked\",\"outboundUrl\":\"https://erp.example.com:8443/api\","
                                + "\"properties\":{\"table\":\"" + table + "\"},\"redelivery\":{\"timeout\":\""
                                + timeout + "\"}}")
                .expect(201)
                .at("/id");
    }

    private static Api.Reply test(Api tenant, String connection) {
        return tenant.post("/v1/connections/" + connection + "/test");
    }

    @Test
    void whatIsRightIsSaidAndNothingIsWritten() {
        Api tenant = bridge.newTenant().api();
        JsonNode right = test(tenant, connection(tenant, "sms")).expect(200).json();
        assertThat(right.path("outcome").asText()).isEqualTo("success");
        assertThat(right.at("/findings/checked/0").asText()).isEqualTo("The table sms is there");
        assertThat(right.at("/findings/faults")).isEmpty();
        assertThat(right.path("error").isNull()).isTrue();
        assertThat(system.written).hasValue(0);
        assertThat(tenant.get("/v1/deliveries").json().get("data")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "refuses, login, login, refused the login",
        "closed, connect, connect, erp.example.com:8443",
        "breaks, answer, answer, the operator's log",
        "lacks, system, field, has no field nots",
        "hangs, timeout, timeout, did not answer in time",
    })
    void whatIsWrongIsSaidWithWhatToChange(String table, String errorClass, String kind, String words) {
        Api tenant = bridge.newTenant().api();
        JsonNode wrong = test(tenant, connection(tenant, table)).expect(200).json();
        assertThat(wrong.path("outcome").asText()).isEqualTo("failure");
        assertThat(wrong.path("errorClass").asText()).isEqualTo(errorClass);
        assertThat(wrong.at("/findings/faults/0/kind").asText()).isEqualTo(kind);
        assertThat(wrong.at("/findings/faults/0/message").asText()).contains(words);
        assertThat(wrong.path("error")).isEqualTo(wrong.at("/findings/faults/0/message"));
        assertThat(wrong.toString()).doesNotContain("10.1.2.3", "secret", "com.example");
    }

    @Test
    void everyFaultIsSaid() {
        Api tenant = bridge.newTenant().api();
        JsonNode wrong = test(tenant, connection(tenant, "lacks")).expect(200).json();
        assertThat(wrong.at("/findings/checked")).hasSize(1);
        assertThat(wrong.at("/findings/faults").findValuesAsText("kind")).containsExactly("field", "type");
    }

    @Test
    void aTestThatDoesNotEndIsAnsweredInTimeAndKeepsAPlaceOfItsTenantAlone() {
        Api tenant = bridge.newTenant().api();
        String hangs = connection(tenant, "hangs on");
        String fine = connection(tenant, "sms");
        int before = system.interrupted.get();
        List<CompletableFuture<Api.Reply>> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> test(tenant, hangs)));
        }
        answers.forEach(answer -> assertThat(answer.join().expect(200).at("/findings/faults/0/kind"))
                .isEqualTo("timeout"));
        eventually(() -> assertThat(system.interrupted.get()).isGreaterThanOrEqualTo(before + 2));
        test(tenant, fine).expect(429);
        Api other = bridge.newTenant().api();
        test(other, connection(other, "sms")).expect(200);
        system.ends.countDown();
        eventually(() -> test(tenant, fine).expect(200));
        system.ends = new CountDownLatch(1);
    }

    @Test
    void anotherTenantsConnectionIsNotFoundAndAWebhookIsSentASample() {
        Api tenant = bridge.newTenant().api();
        test(bridge.newTenant().api(), connection(tenant, "sms")).expect(404);
        try (Receiver receiver = new Receiver()) {
            JsonNode sample = test(tenant, tenant.connection(receiver.url("/"), ""))
                    .expect(200)
                    .json();
            assertThat(sample.path("outcome").asText()).isEqualTo("success");
            assertThat(sample.has("findings")).isFalse();
            assertThat(receiver.requests()).hasSize(1);
        }
    }
}
