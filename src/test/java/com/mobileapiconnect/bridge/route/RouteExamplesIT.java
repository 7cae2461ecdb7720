package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.KafkaBroker;
import com.mobileapiconnect.bridge.support.Receiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/routes.md that need a Kafka broker do what the page says, as they are written there. */
class RouteExamplesIT {

    private static final String CUSTOMER = "919876543210";

    @TempDir
    static Path directory;

    private static KafkaBroker broker;
    private static ExampleBridge example;

    @BeforeAll
    static void start() throws IOException {
        broker = KafkaBroker.shared();
        example = new ExampleBridge(directory, Database.SQLITE);
        example.connect(
                "bad", "bad", ",\"redelivery\":{\"maxAttempts\":2,\"initialDelay\":\"PT0.1S\",\"multiplier\":1}");
        example.connect("good", "good", "");
        example.receiver().answering(got -> Receiver.Answer.of(got.path().equals("/bad") ? 500 : 200));
        example.run(List.of("deliver", "topic"), "route.brokers=" + broker.address());
    }

    @AfterAll
    static void stop() {
        example.close();
    }

    @Test
    void whatHasFailedForGoodIsInATopicOnce() {
        String good = example.sms(CUSTOMER, "good one");
        String bad = example.sms(CUSTOMER, "bad one");

        within(
                60,
                () -> assertThat(broker.records("sms-failures")).singleElement().satisfies(record -> {
                    assertThat(ExampleBridge.json(record.value()).get("text").asText())
                            .isEqualTo("bad one");
                    assertThat(record.headers())
                            .containsEntry(
                                    "delivery",
                                    example.delivery("bad", bad).get("id").asText());
                }));
        assertThat(example.got("bad")).hasSize(2);
        within(20, () -> assertThat(example.delivery("good", good).get("status").asText())
                .isEqualTo("delivered"));
    }

    @Test
    void aRecordIsAnSmsAndWhatIsNoneIsPutAside() {
        broker.send(
                "sms-in",
                "{\"id\":\"k-1\",\"from\":\"918888888888\",\"text\":\"first\"}",
                "no SMS at all",
                "{\"id\":\"k-1\",\"from\":\"918888888888\",\"text\":\"first\"}",
                "{\"id\":\"k-2\",\"from\":\"918888888888\",\"text\":\"second\"}");

        within(60, () -> assertThat(example.messages("918888888888"))
                .extracting(message -> message.get("text").asText())
                .containsExactly("second", "first"));
        within(60, () -> assertThat(broker.records("sms-refused"))
                .extracting(KafkaBroker.Record::value)
                .containsExactly("no SMS at all"));
        within(20, () -> assertThat(broker.committed("sms-in", "erp-bridge")).isEqualTo(4));
    }
}
