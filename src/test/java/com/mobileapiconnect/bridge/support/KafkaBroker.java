package com.mobileapiconnect.bridge.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real Kafka broker of this test run's own, without ZooKeeper, in a process of its own; it makes topics when asked for. */
public final class KafkaBroker implements AutoCloseable {

    private static final int LONGEST_START_SECONDS = 300;

    private final Path directory;
    private final int port;
    private Process process;

    private static final class Shared {
        static final KafkaBroker BROKER = start(true);
    }

    private KafkaBroker(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** The one that all tests use; started by whoever asks first. */
    public static KafkaBroker shared() {
        return Shared.BROKER;
    }

    /** One that a test may kill; it makes no topic by itself. */
    public static KafkaBroker ofOwn() {
        return start(false);
    }

    /** SIGKILL, as when memory runs out. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(120, TimeUnit.SECONDS).join();
    }

    /** After {@link #kill()}: on the same data and port. */
    public void restart() {
        try {
            process = java(
                    directory,
                    "kafka.Kafka",
                    directory.resolve("server.properties").toString());
            Eventually.within(LONGEST_START_SECONDS, this::requireOpen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address()));
    }

    /** Makes a topic of one partition. */
    public void makeTopic(String topic) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Set<String> topics() {
        try (Admin admin = admin()) {
            return admin.listTopics().names().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KafkaBroker start(boolean makesTopics) {
        try {
            Path directory = Files.createTempDirectory("kafka");
            int port = Ports.free();
            Path properties = directory.resolve("server.properties");
            Files.writeString(
                    properties,
                    properties(directory, port, Ports.free()) + "auto.create.topics.enable=" + makesTopics + "\n");
            Files.writeString(directory.resolve("logback.xml"), """
                    <configuration>
                      <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                        <encoder><pattern>%level %logger{0} %msg%n</pattern></encoder>
                      </appender>
                      <root level="warn"><appender-ref ref="out"/></root>
                    </configuration>
                    """);
            Process format = java(
                    directory,
                    "kafka.tools.StorageTool",
                    "format",
                    "-t",
                    "4L6g3nShT-eMCtK--X86sw",
                    "-c",
                    properties.toString());
            if (!format.waitFor(LONGEST_START_SECONDS, TimeUnit.SECONDS) || format.exitValue() != 0) {
                throw new IllegalStateException("The broker's directory cannot be made: " + log(directory));
            }
            KafkaBroker broker =
                    new KafkaBroker(directory, port, java(directory, "kafka.Kafka", properties.toString()));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
            Eventually.within(LONGEST_START_SECONDS, broker::requireOpen);
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String properties(Path directory, int port, int controller) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                num.partitions=1
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                log.cleaner.dedupe.buffer.size=2097152
                """.formatted(port, controller, directory.resolve("data"));
    }

    private static Process java(Path directory, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=" + directory.resolve("logback.xml"),
                "-cp",
                System.getProperty("java.class.path")));
        all.addAll(List.of(command));
        return new ProcessBuilder(all)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    private void requireOpen() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The broker has ended: " + log(directory));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
        } catch (IOException e) {
            throw new AssertionError("The broker does not listen yet", e);
        }
    }

    private static String log(Path directory) {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What clients connect to. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Writes records, and returns when the broker has them. */
    public void send(String topic, String... values) {
        Properties settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, address());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value));
            }
            producer.flush();
        }
    }

    /** What came of a record, for a test. */
    public record Record(String key, String value, Map<String, String> headers) {

        private static Record of(ConsumerRecord<String, String> from) {
            Map<String, String> headers = new TreeMap<>();
            from.headers()
                    .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            return new Record(from.key(), from.value(), headers);
        }
    }

    /** All records that a topic has at the moment. */
    public List<Record> records(String topic) {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, address());
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<Record> records = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> records.add(Record.of(record)));
            }
            return Collections.unmodifiableList(records);
        }
    }

    /** The offset up to which a group has committed a topic; 0 if it has not. */
    public long committed(String topic, String group) {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, address());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var committed = consumer.committed(Set.of(partition)).get(partition);
            return committed == null ? 0 : committed.offset();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
