package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.connector.PropertySchema;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Sender;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Bean;

/** A connector as a feature of its own would bring it: no URL, settings of every kind, and one secret. */
class LedgerConnector {

    static final String SCHEMA = """
            {"type":"object","required":["table"],"properties":{\
            "table":{"type":"string","title":"Table","minLength":1,"maxLength":20,"pattern":"^[a-z_]+$"},\
            "batch":{"type":"integer","minimum":1,"maximum":100},\
            "mode":{"enum":["create","upsert"]},\
            "host":{"type":"string","format":"hostname"},\
            "fields":{"type":"object","additionalProperties":{"type":["string","object"]}},\
            "password":{"type":"string","format":"password","minLength":8}}}""";

    @Bean
    Connector ledger() {
        return new Connector(
                "ledger", "Ledger", "A row in a table for each message.", PropertySchema.of(SCHEMA), false, true);
    }

    @Bean
    LedgerSender ledgerSender() {
        return new LedgerSender();
    }

    /** Keeps the settings that each target was called with last. */
    static final class LedgerSender implements Sender {

        final Map<String, TargetProperties> calls = new ConcurrentHashMap<>();

        @Override
        public String connector() {
            return "ledger";
        }

        @Override
        public CompletableFuture<Outcome> send(Attempt attempt, byte[] body) {
            calls.put(attempt.target().id(), attempt.target().properties());
            return CompletableFuture.completedFuture(new Outcome.Delivered(Outcome.Evidence.ok(200, "{}")));
        }
    }
}
