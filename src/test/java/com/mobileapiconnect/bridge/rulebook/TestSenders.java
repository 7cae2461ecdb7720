package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.outbox.Attempt;
import com.mobileapiconnect.bridge.outbox.Outcome;
import com.mobileapiconnect.bridge.outbox.Sender;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Senders of replies and mails that remember what they got; found by the component scan of tests. */
@Configuration(proxyBeanMethods = false)
class TestSenders {

    private static final List<Got> GOT = new CopyOnWriteArrayList<>();
    private static final JsonMapper JSON = new JsonMapper();

    record Got(String messageId, String connector, JsonNode body) {}

    static List<Got> of(String messageId) {
        return GOT.stream().filter(got -> got.messageId().equals(messageId)).toList();
    }

    static JsonNode of(String messageId, String connector) {
        return of(messageId).stream()
                .filter(got -> got.connector().equals(connector))
                .findFirst()
                .orElseThrow()
                .body();
    }

    @Bean
    Sender testReplySender() {
        return new Remembering("reply");
    }

    @Bean
    Sender testEmailSender() {
        return new Remembering("email");
    }

    private record Remembering(String connector) implements Sender {

        @Override
        public Outcome send(Attempt attempt, byte[] body) throws IOException {
            GOT.add(new Got(attempt.delivery().message().message().id(), connector, JSON.readTree(body)));
            return new Outcome.Delivered(Outcome.Evidence.ok(200, null));
        }
    }
}
