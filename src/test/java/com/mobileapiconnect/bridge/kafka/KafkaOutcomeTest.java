package com.mobileapiconnect.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.OutcomesDoc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** What a failure of Kafka's client comes to is what the page of outcomes says. */
class KafkaOutcomeTest {

    @Test
    void everyFailureComesToWhatThePageSays() {
        List<Throwable> failures = new ArrayList<>(
                List.of(new SerializationException("x"), new TimeoutException("x"), new KafkaException("x")));
        for (Errors each : Errors.values()) {
            if (each != Errors.NONE) {
                failures.add(each.exception());
            }
        }
        for (Throwable failure : failures) {
            String name = failure.getClass().getSimpleName();
            for (Throwable thrown :
                    List.of(failure, new CompletionException(failure), new KafkaException("x", failure))) {
                assertThat(OutcomesDoc.words(KafkaOutcome.of(thrown, "sms")))
                        .as(name)
                        .isEqualTo(OutcomesDoc.of("Kafka", name, "none"));
            }
        }
    }
}
