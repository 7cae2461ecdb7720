package com.mobileapiconnect.bridge.kafka;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.resource.Place;
import com.mobileapiconnect.bridge.resource.Resource;
import com.mobileapiconnect.bridge.resource.ResourceKind;
import com.mobileapiconnect.bridge.resource.Resources;
import com.mobileapiconnect.bridge.webhook.DeliveryHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Writes deliveries as records: the key is the sender, the headers are those that a webhook gets. The topic is the
 * connection's own, whatever a message or a step of a route says.
 */
@Component
@Lazy
class KafkaSystem implements ErpSystem, DisposableBean {

    private final Resources resources;
    private final Clock clock;
    private @Nullable KafkaClients clients; // guarded by this; made with the first record

    KafkaSystem(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "kafka";
    }

    private synchronized KafkaClients clients() {
        KafkaClients known = clients;
        if (known == null) {
            known = new KafkaClients(resources);
            clients = known;
        }
        return known;
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        ErpConnection connection = write.connection();
        Optional<Resource> broker = broker(connection);
        if (broker.isEmpty()) {
            return done(KafkaOutcome.later(ErrorClass.CONNECT, missing(connection)));
        }
        KafkaClient client = clients()
                .of(
                        broker.get(),
                        connection.tenantId(),
                        connection.target().redelivery().timeout());
        if (client == null) {
            return done(Outcome.Deferred.because(
                    "The bridge sends to as many brokers as it may, which are " + KafkaClients.MOST));
        }
        String topic = connection.text("topic", "");
        boolean known = client.knows(topic);
        CompletableFuture<RecordMetadata> answer = client.send(record(write, topic));
        if (!known) {
            endAtDeadline(answer, write.attempt());
        }
        return answer.handle(
                (record, failure) -> failure == null ? KafkaOutcome.done(record) : KafkaOutcome.of(failure, topic));
    }

    /** The producer knows how long a record may take, but not how long its topic was asked for. */
    private void endAtDeadline(CompletableFuture<RecordMetadata> answer, Attempt attempt) {
        Future<?> end = clients()
                .timer()
                .schedule(
                        () -> answer.completeExceptionally(new TimeoutException("The brokers did not answer in time")),
                        Math.max(0, attempt.deadlineNanos() - System.nanoTime()),
                        TimeUnit.NANOSECONDS);
        answer.whenComplete((record, failure) -> end.cancel(false));
    }

    private static CompletableFuture<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private Optional<Resource> broker(ErpConnection connection) {
        return resources.usable(connection.tenantId(), connection.text("broker", ""), ResourceKind.KAFKA);
    }

    private static String missing(ErpConnection connection) {
        return "The operator has no broker " + connection.text("broker", "") + " for this tenant any more";
    }

    private ProducerRecord<byte[], byte[]> record(ErpWrite write, String topic) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes(key(write)), write.body());
        headers(write).forEach((name, value) -> record.headers().add(name, bytes(value)));
        return record;
    }

    private static String key(ErpWrite write) {
        return write.attempt().delivery().message().message().from();
    }

    private Map<String, String> headers(ErpWrite write) {
        return DeliveryHeaders.of(write.attempt(), write.body(), clock.instant());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("key", key(write));
        shown.putAll(headers(write));
        ErpConnection connection = write.connection();
        return new ErpRequest(
                "PRODUCE",
                "topic " + connection.text("topic", "") + " of broker " + connection.text("broker", ""),
                shown,
                new String(write.body(), StandardCharsets.UTF_8));
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        Optional<Resource> broker = broker(connection);
        if (broker.isEmpty()) {
            return ErpFindings.wrong(new Fault(FaultKind.MISSING, missing(connection)));
        }
        return KafkaTest.of((Place.Kafka) broker.get().place(), connection, deadlineNanos);
    }

    @Override
    public synchronized void destroy() {
        if (clients != null) {
            clients.close();
        }
    }
}
