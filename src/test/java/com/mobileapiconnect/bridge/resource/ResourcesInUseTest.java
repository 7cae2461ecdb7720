package com.mobileapiconnect.bridge.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource that a connection uses stays, and stays open to it. */
class ResourcesInUseTest extends SharedBridgeSuite {

    private static final int ROUNDS = 60;

    /** Who wins a race may be the same in every round, by the machine; so there are rounds without one, too. */
    private enum Order {
        AT_ONCE,
        USED_FIRST,
        ENDED_FIRST
    }

    private final Api operator = bridge.operator();
    private final RunningBridge.NewTenant tenant = bridge.newTenant();

    @TempDir
    Path files;

    /** Others share the bridge. */
    @AfterEach
    void leaveNothingBehind() {
        tenant.api().deleteConnections();
        operator.get("/v1/resources?limit=500").json().findValuesAsText("name").stream()
                .filter(name -> name.startsWith("of-"))
                .forEach(name -> operator.delete("/v1/resources/" + name).expect(204));
    }

    /** Whichever comes first: a connection uses the resource and it stays, or it goes and no connection has it. */
    @ParameterizedTest
    @ValueSource(strings = {"made", "changed", "read from the file"})
    void noConnectionEverRemainsWhoseResourceIsGoneOrClosedToIt(String how) throws Exception {
        Path folder = Files.createDirectories(files.resolve("drop"));
        String open = "{\"kind\":\"folder\",\"path\":\"" + folder + "\",\"tenants\":[\"" + tenant.id() + "\"]}";
        String closed = open.replace("\"" + tenant.id() + "\"", "");
        String names = "of-" + how.length() + "-";
        operator.put("/v1/resources/" + names + "stays", open).expect(200);
        String changed = tenant.api()
                .post("/v1/connections", connection("Changed", names + "stays"))
                .expect(201)
                .at("/id");
        int used = 0;
        int gone = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String name = names + round;
            Order order = Order.values()[round / 2 % Order.values().length];
            boolean deletes = round % 2 == 0;
            operator.put("/v1/resources/" + name, open).expect(200);
            Supplier<Api.Reply> using = () -> switch (how) {
                case "made" -> tenant.api().post("/v1/connections", connection("Made", name));
                case "changed" -> tenant.api().put("/v1/connections/" + changed, connection("Changed", name));
                default ->
                    tenant.api()
                            .put("/v1/config", "{\"version\":1,\"connections\":[" + connection("Changed", name) + "]}");
            };
            CompletableFuture<Api.Reply> use =
                    order == Order.ENDED_FIRST ? new CompletableFuture<>() : CompletableFuture.supplyAsync(using);
            if (order == Order.USED_FIRST) {
                use.join();
            }
            Api.Reply end =
                    deletes ? operator.delete("/v1/resources/" + name) : operator.put("/v1/resources/" + name, closed);
            if (order == Order.ENDED_FIRST) {
                use.complete(using.get());
            }
            Api.Reply begun = use.join();
            boolean isUsed =
                    tenant.api().get("/v1/connections?limit=500").text().contains("\"" + name + "\"");
            if (end.status() < 300) {
                gone++;
                assertThat(isUsed).as("round %d: %s", round, begun).isFalse();
                assertThat(begun.status()).isEqualTo(422);
                assertThat(begun.at("/errors/0/field")).endsWith("properties.folder");
            } else {
                used++;
                assertThat(end.status()).isEqualTo(409);
                assertThat(begun.status()).as(begun.text()).isBetween(200, 201);
                assertThat(isUsed).isTrue();
            }
        }
        assertThat(List.of(used, gone)).as("rounds that ended either way").doesNotContain(0);
    }

    private static String connection(String name, String folder) {
        return "{\"name\":\"" + name + "\",\"connector\":\"file-drop\",\"properties\":{\"folder\":\"" + folder + "\"}}";
    }
}
