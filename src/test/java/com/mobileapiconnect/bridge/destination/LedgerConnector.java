package com.mobileapiconnect.bridge.destination;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mobileapiconnect.bridge.connector.Connector;
import com.mobileapiconnect.bridge.connector.PropertySchema;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Sender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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

    /** Keeps the settings that each target was called with last. The name of the table says how a call ends. */
    static final class LedgerSender implements Sender {

        static final Duration LATER = Duration.ofMinutes(7);

        final Map<String, TargetProperties> calls = new ConcurrentHashMap<>();
        final List<String> taken = new CopyOnWriteArrayList<>();
        /** Calls that nobody answers. */
        final Set<CompletableFuture<Outcome>> open = ConcurrentHashMap.newKeySet();

        @Override
        public String connector() {
            return "ledger";
        }

        @Override
        public CompletableFuture<Outcome> send(Attempt attempt, byte[] body) {
            TargetProperties properties = attempt.target().properties();
            calls.put(attempt.target().id(), properties);
            return switch (properties.plain().path("table").asText()) {
                case "refuses" -> answer(new Outcome.Rejected(failed("No row like " + new String(body, UTF_8))));
                case "asks_to_wait" -> answer(new Outcome.Retry(failed("Closed for the night"), LATER));
                case "hangs" -> hang(attempt.deadlineNanos() - System.nanoTime());
                default -> {
                    taken.add(attempt.delivery().id());
                    yield answer(new Outcome.Delivered(Outcome.Evidence.ok(200, "{}")));
                }
            };
        }

        private static CompletableFuture<Outcome> answer(Outcome outcome) {
            return CompletableFuture.completedFuture(outcome);
        }

        private static Outcome.Evidence failed(String why) {
            return Outcome.Evidence.failure(Outcome.ErrorClass.HTTP, why);
        }

        private CompletableFuture<Outcome> hang(long nanos) {
            Outcome late = new Outcome.Retry(Outcome.Evidence.failure(Outcome.ErrorClass.TIMEOUT, "No answer"), null);
            CompletableFuture<Outcome> done = new CompletableFuture<>();
            open.add(done);
            done.whenComplete((outcome, failure) -> open.remove(done));
            return done.completeOnTimeout(late, nanos, TimeUnit.NANOSECONDS);
        }
    }
}
