package com.mobileapiconnect.bridge.kafka;

import com.mobileapiconnect.bridge.resource.Place;
import com.mobileapiconnect.bridge.resource.Resource;
import com.mobileapiconnect.bridge.thread.AsNeeded;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The producer of one tenant for one broker, and the client that asks the broker for topics. Calls that may wait in Kafka's
 * client are made on a thread of their own, and wait a second at most; a topic is asked for before anything is sent to it,
 * because a producer would have the broker make it. While records flow, nothing waits: then callers send by themselves,
 * because a change of threads for each record costs more than the record.
 */
final class KafkaClient implements AutoCloseable {

    private static final long TOPIC_KNOWN_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int MOST_TOPICS = 1_000;
    private static final int LONGEST_BLOCK_MILLIS = 1_000;
    private static final long BLOCKED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LONGEST_ASK_MILLIS = 5_000;
    private static final long BUFFER_BYTES = 8 << 20;
    /** Records under way up to which their buffer has room, also if each has a batch of its own. */
    private static final int MOST_FLOWING = 256;

    private static final long MOST_FLOWING_BYTES = BUFFER_BYTES / 4;
    /** The time for which Kafka's client surely knows a topic that has taken a record: it forgets after five minutes. */
    private static final long FLOWS_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Duration AT_ONCE = Duration.ZERO;

    private final Resource resource;
    private final int timeoutMillis;
    private final AsNeeded thread = new AsNeeded("kafka", 1);
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong openBytes = new AtomicLong();
    private volatile long usedNanos = System.nanoTime();

    /** Made and dropped by the thread. */
    private volatile @Nullable Producer<byte[], byte[]> producer;

    // of the thread
    private @Nullable Admin admin;
    private final Map<String, Long> blockedAt = new HashMap<>();
    private boolean closed;

    /** A topic that was asked for. */
    private static final class Topic {

        private final CompletableFuture<Void> there = new CompletableFuture<>();
        private final long askedNanos = System.nanoTime();
        private volatile boolean flows;
        private volatile long tookNanos;

        boolean isFresh() {
            return System.nanoTime() - askedNanos < TOPIC_KNOWN_NANOS;
        }

        void took() {
            tookNanos = System.nanoTime();
            flows = true;
        }

        boolean flows() {
            return flows && System.nanoTime() - tookNanos < FLOWS_NANOS;
        }
    }

    /** @param timeoutMillis time of a record from its sending to the brokers' answer */
    KafkaClient(Resource resource, int timeoutMillis) {
        this.resource = resource;
        this.timeoutMillis = timeoutMillis;
    }

    boolean isOf(Resource now) {
        return resource == now || resource.equals(now);
    }

    /** Returns whether the topic is known to be there: then nothing has to be waited for. */
    boolean knows(String topic) {
        Topic known = topics.get(topic);
        return known != null && known.isFresh() && known.there.isDone();
    }

    /** Sends a record; the future fails with an exception of Kafka's. */
    CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();
        int bytes = record.value().length;
        boolean fits = open.incrementAndGet() <= MOST_FLOWING & openBytes.addAndGet(bytes) <= MOST_FLOWING_BYTES;
        answer.whenComplete((any, failure) -> {
            openBytes.addAndGet(-bytes);
            open.decrementAndGet();
            usedNanos = System.nanoTime();
        });
        Topic topic = there(record.topic());
        Producer<byte[], byte[]> flowing = fits && topic.flows() ? producer : null;
        if (flowing == null || !sent(flowing, record, topic, answer)) {
            topic.there.whenComplete((there, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                } else {
                    long since = System.nanoTime();
                    run(answer, () -> produce(record, since, topic, answer));
                }
            });
        }
        return answer;
    }

    /** Sends a record where nothing waits; false if the producer was replaced this moment. */
    private boolean sent(
            Producer<byte[], byte[]> flowing,
            ProducerRecord<byte[], byte[]> record,
            Topic topic,
            CompletableFuture<RecordMetadata> answer) {
        try {
            flowing.send(record, callback(topic, record.topic(), answer));
            return true;
        } catch (IllegalStateException closed) {
            return false;
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            return true;
        }
    }

    private Callback callback(Topic topic, String name, CompletableFuture<RecordMetadata> answer) {
        return (metadata, failure) -> {
            if (failure == null) {
                topic.took();
                answer.complete(metadata);
            } else {
                answer.completeExceptionally(failure);
                failed(name, failure);
            }
        };
    }

    private void run(CompletableFuture<?> answer, Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Returns the topic, of which the brokers say whether it is there. */
    private Topic there(String name) {
        Topic known = topics.get(name);
        if (known != null && known.isFresh()) {
            return known;
        }
        if (topics.size() >= MOST_TOPICS) {
            topics.clear();
        }
        return topics.compute(name, (any, now) -> now != null && now.isFresh() ? now : asked(name));
    }

    private Topic asked(String name) {
        Topic asked = new Topic();
        run(
                asked.there,
                () -> admin().describeTopics(List.of(name)).allTopicNames().whenComplete((found, failure) -> {
                    if (failure == null) {
                        asked.there.complete(null);
                    } else {
                        asked.there.completeExceptionally(failure);
                    }
                }));
        asked.there.whenComplete((there, failure) -> {
            if (failure != null) {
                topics.remove(name, asked);
            }
        });
        return asked;
    }

    private void produce(
            ProducerRecord<byte[], byte[]> record, long since, Topic topic, CompletableFuture<RecordMetadata> answer) {
        Long blocked = blockedAt.get(record.topic());
        if (blocked != null && since - blocked < 0) {
            // it has waited behind one that waited in vain, and would do the same
            answer.completeExceptionally(new TimeoutException("The brokers did not answer in time"));
            return;
        }
        long begun = System.nanoTime();
        producer().send(record, callback(topic, record.topic(), answer));
        if (System.nanoTime() - begun > BLOCKED_NANOS) {
            blockedAt.put(record.topic(), System.nanoTime());
        } else if (blocked != null) {
            blockedAt.remove(record.topic());
        }
    }

    /** Has the topic asked for again, and a producer that may be spoilt replaced. */
    private void failed(String topic, Exception failure) {
        topics.remove(topic);
        if (KafkaOutcome.spoilsProducer(failure)) {
            try {
                thread.execute(this::drop);
            } catch (RejectedExecutionException closing) {
                // it goes with the client
            }
        }
    }

    private void drop() {
        Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            old.close(AT_ONCE);
        }
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> known = producer;
        if (known == null) {
            requireOpen();
            known = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
            producer = known;
        }
        return known;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.putAll(place().client());
        int linger = Integer.parseInt(String.valueOf(settings.get(ProducerConfig.LINGER_MS_CONFIG)));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMillis);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis - linger);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK_MILLIS);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_BLOCK_MILLIS);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "erp-bridge-" + resource.name());
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    private Admin admin() {
        Admin known = admin;
        if (known == null) {
            requireOpen();
            int millis = Math.min(LONGEST_ASK_MILLIS, timeoutMillis);
            Map<String, Object> settings = new HashMap<>(adminSettings(place()));
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
            settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_BLOCK_MILLIS);
            settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "erp-bridge-" + resource.name());
            known = Admin.create(settings);
            admin = known;
        }
        return known;
    }

    /** Returns the options of a broker without those that are of producers. */
    static Map<String, Object> adminSettings(Place.Kafka place) {
        Map<String, Object> settings = new HashMap<>(place.client());
        settings.keySet().removeIf(name -> !AdminClientConfig.configNames().contains(name));
        settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    private Place.Kafka place() {
        return (Place.Kafka) resource.place();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The bridge has closed its client of " + resource);
        }
    }

    boolean isIdle(long forNanos) {
        return open.get() == 0 && System.nanoTime() - usedNanos > forNanos;
    }

    long usedNanos() {
        return usedNanos;
    }

    /** Closes on its own thread, behind what was begun. */
    @Override
    public void close() {
        try {
            thread.execute(() -> {
                closed = true;
                drop();
                if (admin != null) {
                    admin.close(AT_ONCE);
                }
            });
        } catch (RejectedExecutionException e) {
            // it was closed before
        }
    }

    /** Closes at once, because the bridge stops. */
    void end() {
        close();
        thread.close();
    }
}
