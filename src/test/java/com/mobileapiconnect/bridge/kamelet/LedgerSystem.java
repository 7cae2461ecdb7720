package com.mobileapiconnect.bridge.kamelet;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;

/** A system outside the bridge: a ledger whose first answer for some texts is lost. */
class LedgerSystem {

    @Bean
    Ledger ledger() {
        return new Ledger();
    }

    static final class Ledger implements ErpSystem {

        final List<ErpWrite> writes = new CopyOnWriteArrayList<>();
        final Map<String, String> records = new ConcurrentHashMap<>();
        /** Keys that were asked for. */
        final Set<String> asked = ConcurrentHashMap.newKeySet();
        /** How it fails, without a record; null where it does not. */
        volatile Function<ErpWrite, @Nullable Outcome> failing = write -> null;

        @Override
        public String name() {
            return "ledger";
        }

        @Override
        public CompletableFuture<Outcome> send(ErpWrite write) {
            writes.add(write);
            String text = write.fields().path("note").asText();
            if (write.mayBeThere()) {
                asked.add(write.key());
                if (records.containsKey(write.key())) {
                    return CompletableFuture.completedFuture(done(write));
                }
            }
            Outcome failure = failing.apply(write);
            if (failure != null) {
                return CompletableFuture.completedFuture(failure);
            } else if (text.startsWith("refused")) {
                return CompletableFuture.completedFuture(new Outcome.Rejected(
                        new Evidence(422, ErrorClass.SYSTEM, "The account is closed", "{\"message\":\"closed\"}")));
            }
            records.put(write.key(), text);
            return CompletableFuture.completedFuture(
                    text.startsWith("lost") && write.attempt().number() == 1
                            ? new Outcome.Retry(Evidence.failure(ErrorClass.UNKNOWN, "The answer was lost"), null)
                            : done(write));
        }

        private static Outcome done(ErpWrite write) {
            String id = "LEDGER-" + write.key();
            return new Outcome.Delivered(
                    Evidence.ok(201, "{}"), false, Outcome.ExternalRecord.of(id, "https://ledger.example.com/" + id));
        }

        @Override
        public ErpRequest preview(ErpWrite write) {
            return new ErpRequest(
                    "POST",
                    "ledger:" + write.connection().text("book"),
                    Map.of("Authorization", ErpRequest.MASK),
                    write.fields().toString());
        }

        @Override
        public ErpFindings test(ErpConnection connection, long deadlineNanos) {
            return ErpFindings.right("The book " + connection.text("book") + " is there");
        }
    }
}
