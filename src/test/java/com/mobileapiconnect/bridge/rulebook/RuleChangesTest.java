package com.mobileapiconnect.bridge.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rules change while messages come in. */
@OnBothDatabases
class RuleChangesTest {

    private static final int CHANGES = 30;
    // Two rules that always say the same, and change together: as one file. The second is tried because the first
    // continues; so a message sees both, of one version.
    private static final String FILE = """
            rules:
              - {name: "A %1$d", priority: 1, continue: true, then: [{type: reply, text: "%1$d"}]}
              - {name: "B %1$d", priority: 2, then: [{type: reply, text: "%1$d"}]}
            """;

    @Test
    void noMessageIsHeldAgainstHalfAChange(Database database) {
        try (RunningBridge bridge = RunningBridge.shared(database)) {
            Api tenant = bridge.tenant();
            Api phone = bridge.phone();
            tenant.put("/v1/config", FILE.formatted(0)).expect(200);
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger sent = new AtomicInteger();
            List<CompletableFuture<List<String>>> senders = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                senders.add(CompletableFuture.supplyAsync(() -> send(phone, sent, done)));
            }
            for (int n = 1; n <= CHANGES || isToGoOn(sent, senders); n++) {
                tenant.put("/v1/config", FILE.formatted(n)).expect(200);
                assertThat(numbers(tenant, send(phone)))
                        .as("a change is live at once")
                        .containsOnly(Integer.toString(n));
            }
            done.set(true);
            List<String> messages =
                    senders.stream().flatMap(sender -> sender.join().stream()).toList();

            for (String message : messages) {
                assertThat(numbers(tenant, message)).hasSize(1);
            }
        }
    }

    /** Returns whether the senders have not done enough yet, and none of them has failed. */
    private static boolean isToGoOn(AtomicInteger sent, List<? extends CompletableFuture<?>> senders) {
        return sent.get() <= CHANGES && senders.stream().noneMatch(CompletableFuture::isDone);
    }

    private static List<String> send(Api phone, AtomicInteger sent, AtomicBoolean done) {
        List<String> ids = new ArrayList<>();
        while (!done.get()) {
            ids.add(send(phone));
            sent.incrementAndGet();
        }
        return ids;
    }

    private static String send(Api phone) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"x\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    /** Which versions the message's evaluation and its replies speak of. */
    private static List<String> numbers(Api tenant, String message) {
        JsonNode story = tenant.get("/v1/messages/" + message).expect(200).json();
        assertThat(story.path("evaluation")).hasSize(2);
        assertThat(story.path("deliveries")).hasSize(2);
        List<String> said = new ArrayList<>(story.path("evaluation").findValuesAsText("name"));
        story.path("deliveries")
                .findValues("target")
                .forEach(target -> said.add(target.path("name").asText().replace(": reply", "")));
        return said.stream().map(name -> name.substring(2)).distinct().toList();
    }
}
