package com.mobileapiconnect.bridge.kafka;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.Findings;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.resource.ResourceKind;
import com.mobileapiconnect.bridge.resource.Resources;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.Hmac;
import com.mobileapiconnect.bridge.support.KafkaBroker;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages become records of a topic that is there, signed like a webhook, also after the broker was killed. */
class KafkaTopicIT {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private static KafkaBroker broker;
    private static RunningBridge bridge;

    private final RunningBridge.NewTenant owner = bridge.newTenant();
    private final Api tenant = owner.api();
    private final Api phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"P\",\"number\":\"911234500000\"}")
            .expect(201)
            .at("/token"));
    private final String topic = "sms-" + System.nanoTime();

    @BeforeAll
    static void start() {
        broker = KafkaBroker.ofOwn();
        bridge = RunningBridge.shared(Database.SQLITE);
        bridge.operator()
                .put(
                        "/v1/resources/bus",
                        "{\"kind\":\"kafka\",\"bootstrapServers\":\"" + broker.address() + "\",\"tenants\":\"all\"}")
                .expect(200);
    }

    @AfterAll
    static void stop() {
        bridge.close();
        broker.close();
    }

    /** @param timeout of a call */
    private String connect(String timeout) {
        return tenant.post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"connector\":\"kafka-topic\",\"secret\":\"" + SECRET
                                + "\",\"redelivery\":{\"maxAttempts\":1000,\"initialDelay\":\"PT0.5S\",\"multiplier\":1,\"timeout\":\""
                                + timeout + "\"},"
                                + "\"properties\":{\"broker\":\"bus\",\"topic\":\"" + topic + "\"}}")
                .expect(201)
                .at("/id");
    }

    private String sms(String text) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    private JsonNode delivery(String message) {
        return tenant.get("/v1/deliveries?messageId=" + message).json().at("/data/0");
    }

    private void delivered(String message) {
        within(60, () -> assertThat(delivery(message).path("status").asText()).isEqualTo("delivered"));
    }

    @Test
    void aMessageIsARecordWithItsKeyItsIdsAndItsSignature() throws Exception {
        broker.makeTopic(topic);
        connect("PT30S");

        String message = sms("hello");

        delivered(message);
        KafkaBroker.Record record = broker.records(topic).get(0);
        assertThat(record.key()).isEqualTo("919876543210");
        assertThat(record.headers())
                .containsEntry("X-MAC-Delivery", delivery(message).path("id").asText())
                .containsEntry("X-MAC-Message", message)
                .containsKeys("X-MAC-Event", "webhook-id", "webhook-timestamp", "webhook-signature");
        // The first, unless the brokers took so long to say where the topic is that it was tried again.
        assertThat(record.headers().get("X-MAC-Attempt"))
                .isEqualTo(Integer.toString(delivery(message).path("attempts").size()));
        assertThat(record.headers().get("X-MAC-Signature")).isEqualTo("sha256=" + Hmac.sha256(SECRET, record.value()));
        assertThat(delivery(message).path("externalId").asText()).isEqualTo(topic + "-0@0");
    }

    @Test
    void aTopicThatIsNotThereIsNotMadeAndWaitedFor() {
        String id = connect("PT30S");
        String message = sms("waits");

        within(60, () -> assertThat(delivery(message).path("attempts").findValuesAsText("error"))
                .contains("There is no topic " + topic + " on the brokers, and the bridge makes none"));
        assertThat(broker.topics()).doesNotContain(topic);
        assertThat(test(id).faults()).extracting(Fault::kind).containsExactly(FaultKind.MISSING);

        broker.makeTopic(topic);

        delivered(message);
        assertThat(test(id).faults()).isEmpty();
    }

    private ErpFindings test(String connection) {
        return Findings.of(bridge, "kafka", owner.id(), connection, Duration.ofSeconds(60));
    }

    @Test
    void whatIsTooLargeIsRejectedAtOnce() {
        bridge.operator()
                .put(
                        "/v1/resources/small",
                        "{\"kind\":\"kafka\",\"bootstrapServers\":\"" + broker.address()
                                + "\",\"properties\":{\"max.request.size\":2000},\"tenants\":\"all\"}")
                .expect(200);
        broker.makeTopic(topic);
        tenant.post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"connector\":\"kafka-topic\",\"properties\":{\"broker\":\"small\",\"topic\":\""
                                + topic + "\"}}")
                .expect(201);

        delivered(sms("small")); // from now on the topic is known, and nothing has to be waited for
        String large = sms("x".repeat(5_000));

        within(60, () -> assertThat(delivery(large).path("status").asText()).isEqualTo("failed"));
        assertThat(delivery(large).path("reason").asText()).isEqualTo("rejected");
        assertThat(delivery(large).path("attempts")).hasSize(1);
        delivered(sms("small, too"));
    }

    @Test
    void aBrokerThatIsKilledAndBackLosesNothingAndHoldsUpNobodyElse() throws Exception {
        broker.makeTopic(topic);
        connect("PT4S");
        delivered(sms("before"));
        KafkaClient client = new KafkaClient(
                bridge.bean(Resources.class)
                        .usable(owner.id(), "bus", ResourceKind.KAFKA)
                        .orElseThrow(),
                4_000);
        // A new producer waits a second at most for what the brokers say of the topic.
        eventually(() -> assertThat(client.send(record("flows"))).succeedsWithin(Duration.ofSeconds(60)));
        try (Receiver receiver = new Receiver()) {
            broker.kill();
            waitsForNone(client);
            tenant.connection(receiver.url("/erp"), "");
            String messages = IntStream.range(0, 50)
                    .mapToObj(i -> "{\"id\":\"%d\",\"from\":\"91987654%04d\",\"text\":\"%d\"}".formatted(i, i, i))
                    .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
            phone.post("/v1/inbound", messages).expect(202);
            within(90, () -> assertThat(receiver.requests("/erp").size()).isEqualTo(50));
        } finally {
            broker.restart();
            client.end();
        }
        List<String> wanted = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
        within(120, () -> assertThat(broker.records(topic).stream()
                        .map(record -> record.value().replaceFirst(".*\"text\":\"([^\"]*)\".*", "$1"))
                        .toList())
                .containsAll(wanted));
    }

    private ProducerRecord<byte[], byte[]> record(String value) {
        return new ProducerRecord<>(topic, new byte[0], value.getBytes(StandardCharsets.UTF_8));
    }

    /** Callers send by themselves while records flow; also when they flow no more, no caller waits for the brokers. */
    private void waitsForNone(KafkaClient client) {
        List<CompletableFuture<?>> answers = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            answers.add(client.send(record("x".repeat(20_000))));
        }
        // A third of a second each, on a machine that others use too: a producer that waits does so for a second.
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(300));
        within(60, () -> assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally));
    }
}
