package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Walks through every operation of the OpenAPI document with no key, with keys of the other kinds, and with the key of
 * another tenant. A new operation is walked through by itself; one with a new kind of id has to say which.
 */
@OnBothDatabases
class EveryDoorTest {

    private static final String SMS = "{\"id\":\"p-1\",\"from\":\"919876543210\",\"text\":\"balance\"}";
    /** Lists and settings of a tenant, which nobody else may change. */
    private static final List<String> POSSESSIONS = List.of(
            "/v1/connections",
            "/v1/rules",
            "/v1/devices",
            "/v1/keys",
            "/v1/webhooks",
            "/v1/messages",
            "/v1/deliveries",
            "/v1/outgoing",
            "/v1/status-urls",
            "/v1/sms-settings",
            "/v1/opt-outs",
            "/v1/opt-out-words",
            "/v1/config",
            "/v1/audit");

    static RunningBridge bridge;
    static OpenApiDocument document;
    static int owners;
    static Owner mine;
    static Owner other;

    /** A tenant with one of everything. */
    private static final class Owner {

        final Api key;
        final Api phone;
        final Map<String, String> ids = new TreeMap<>();

        Owner() {
            Api operator = bridge.operator();
            String id = operator.post("/v1/tenants", "{\"name\":\"T\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                    .expect(201)
                    .at("/id");
            Api.Reply made = operator.post("/v1/tenants/" + id + "/keys").expect(201);
            key = operator.as(made.at("/key"));
            Api.Reply device =
                    key.post("/v1/devices", "{\"name\":\"P\",\"outbox\":true}").expect(201);
            phone = key.as(device.at("/token"));
            String connection = key.post("/v1/connections", "{\"name\":\"C\",\"outboundUrl\":\"http://127.0.0.1:1/\"}")
                    .expect(201)
                    .at("/id");
            key.put("/v1/webhooks", "{\"url\":\"http://127.0.0.1:1/\",\"enabled\":false}")
                    .expect(200);
            ids.put("routes", "deliver"); // the operator's
            ids.put("resources", "none");
            ids.put("tenants", id);
            ids.put("keys", made.at("/id"));
            ids.put("devices", device.at("/id"));
            ids.put("connections", connection);
            key.post("/v1/connections/" + connection + "/pause").expect(200);
            ids.put(
                    "rules",
                    key.post("/v1/rules", "{\"name\":\"R\"}").expect(201).at("/id"));
            ids.put("messages", phone.post("/v1/inbound", SMS).expect(202).at("/messages/0/id"));
            String number = "91987654320" + owners++;
            phone.post("/v1/inbound", "{\"from\":\"" + number + "\",\"text\":\"STOP\"}")
                    .expect(202);
            ids.put("opt-outs", number);
            ids.put("deliveries", key.get("/v1/deliveries").expect(200).at("/data/0/id"));
            ids.put("outgoing", key.post("/v1/messages", """
                                    {"to":"919876543210","text":"x","statusUrl":"http://127.0.0.1:1/"}""").expect(202).at("/id"));
            ids.put("outbox", ids.get("outgoing"));
            ids.put("status-urls", key.get("/v1/status-urls").expect(200).at("/data/0/id"));
            ids.put(
                    "jobs",
                    key.post("/v1/deliveries/replay", "{\"target\":\"" + connection + "\"}")
                            .expect(202)
                            .at("/job"));
        }

        /** The path with this tenant's ids in it. */
        String path(String template) {
            if (!template.contains("{")) {
                return template;
            }
            String kind = template.split("/")[2];
            assertThat(ids)
                    .as("an object for " + template + "; make one in Owner")
                    .containsKey(kind);
            return template.replace("{keyId}", ids.get("keys"))
                    .replace("{number}", "0")
                    .replaceFirst("\\{\\w+}", ids.get(kind));
        }

        Map<String, String> possessions() {
            Map<String, String> all = new TreeMap<>();
            POSSESSIONS.forEach(path -> all.put(
                    path,
                    // Looking is a use of the key.
                    key.get(path).expect(200).text().replaceAll("\"lastUsedAt\":\"[^\"]*\"", "")));
            return all;
        }
    }

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(data, database);
        document = new OpenApiDocument(
                bridge.nobody().get("/v1/openapi.json").expect(200).json());
        mine = new Owner();
        other = new Owner();
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private static Map<String, Api> callers(Owner owner) {
        return Map.of("tenantKey", owner.key, "deviceToken", owner.phone, "operatorKey", bridge.operator());
    }

    /** One call of an operation with a good body, about what this tenant has. */
    private static int call(Api caller, String operation, Owner about) {
        return reply(caller, operation, about).status();
    }

    private static Api.Reply reply(Api caller, String operation, Owner about) {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = about.path(operation.substring(operation.indexOf(' ') + 1));
        JsonNode json = document.operation(operation).at("/requestBody/content/application~1json");
        List<JsonNode> examples = document.examples(json);
        String body = examples.isEmpty() ? "" : examples.get(0).toString();
        return caller.send(caller.request(path).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static List<String> operationsWithKey() {
        return document.operations().keySet().stream()
                .filter(operation -> !document.scheme(operation).isEmpty())
                .toList();
    }

    @Test
    void withoutAKeyEveryOperationIs401() {
        List<String> open = new ArrayList<>();
        for (String operation : operationsWithKey()) {
            if (call(bridge.nobody(), operation, mine) != 401) {
                open.add(operation);
            }
        }
        assertThat(operationsWithKey()).hasSizeGreaterThan(50);
        assertThat(open).isEmpty();
        assertThat(document.operations().keySet())
                .filteredOn(operation -> document.scheme(operation).isEmpty())
                .containsExactlyInAnyOrder(
                        "GET /actuator/health",
                        "GET /v1/openapi.json",
                        "GET /v1/config/schema",
                        "POST /v1/pairing",
                        "GET /v1/inbound/{adapter}/{deviceToken}",
                        "POST /v1/inbound/{adapter}/{deviceToken}");
    }

    @Test
    void withAKeyOfAnotherKindEveryOperationIs403() {
        List<String> open = new ArrayList<>();
        for (String operation : operationsWithKey()) {
            callers(mine).forEach((scheme, caller) -> {
                if (!document.scheme(operation).contains(scheme) && call(caller, operation, mine) != 403) {
                    open.add(scheme + " for " + operation);
                }
            });
        }
        assertThat(open).isEmpty();
    }

    /** The document's table of scopes, held to the code by one call of every operation with a key of each scope. */
    @ParameterizedTest
    @ValueSource(strings = {"read", "send", "devices", "rules", "everything"})
    void aKeyOpensTheOperationsOfItsScopeAndNoOther(String scope) {
        Owner owner = new Owner();
        Api limited = owner.key.as(owner.key
                .post("/v1/keys", "{\"scopes\":[\"" + scope + "\"]}")
                .expect(201)
                .at("/key"));
        List<String> wrong = new ArrayList<>();
        Set<String> opened = new TreeSet<>();
        for (String operation : operationsWithKey()) {
            boolean forTenants = document.scheme(operation).startsWith("tenantKey");
            boolean documented = document.scopes(operation).contains(scope);
            Api.Reply reply = reply(limited, operation, owner);
            if (documented) {
                opened.add(operation);
            }
            if (documented == (reply.status() == 403) || reply.status() == 401) {
                wrong.add(operation + " → " + reply.status() + " " + reply.text());
            }
            if (forTenants && reply.status() == 403) {
                assertThat(reply.at("/detail"))
                        .as(operation)
                        .contains(String.join(" or ", document.scopes(operation)), "this key has " + scope + ".");
            }
            if (!List.of("read", "rules", "everything").contains(scope)
                    && !reply.text().isEmpty()) {
                assertThat(reply.text()).as(operation).doesNotContain("balance");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(opened).hasSizeGreaterThan(4);
    }

    @Test
    void everyOperationOfATenantHasScopesAndEverythingIsOneOfThem() {
        for (String operation : document.operations().keySet()) {
            boolean forTenants = document.scheme(operation).startsWith("tenantKey");
            assertThat(document.scopes(operation).contains("everything"))
                    .as(operation)
                    .isEqualTo(forTenants);
            assertThat(document.scopes(operation).contains("read"))
                    .as(operation)
                    .isEqualTo(forTenants && operation.startsWith("GET "));
        }
    }

    @Test
    void whatBelongsToAnotherTenantIs404AndStaysAsItIs() {
        Map<String, String> before = mine.possessions();
        List<String> open = new ArrayList<>();
        for (String operation : operationsWithKey()) {
            String scheme = document.scheme(operation).replaceFirst("(?<=.)operatorKey", "");
            if (operation.contains("{") && !scheme.equals("operatorKey")) {
                int status = call(callers(other).get(scheme), operation, mine);
                if (status != 404) {
                    open.add(operation + " → " + status);
                }
            }
        }
        assertThat(open).isEmpty();
        assertThat(mine.possessions()).isEqualTo(before);
    }

    @Test
    void noListShowsAnythingOfAnotherTenant() {
        for (String operation : operationsWithKey()) {
            if (operation.startsWith("GET ")
                    && !operation.contains("{")
                    && document.scheme(operation).startsWith("tenantKey")) {
                Api.Reply list = other.key.get(operation.substring("GET ".length()));
                assertThat(list.text())
                        .as(operation)
                        .doesNotContain(mine.ids.values().stream()
                                .filter(id -> id.contains("_"))
                                .toArray(String[]::new));
            }
        }
        assertThat(other.key
                        .get("/v1/deliveries?messageId=" + mine.ids.get("messages"))
                        .expect(200)
                        .json()
                        .get("data"))
                .isEmpty();
        assertThat(other.key
                        .get("/v1/deliveries?target=" + mine.ids.get("connections"))
                        .expect(200)
                        .json()
                        .get("data"))
                .isEmpty();
    }

    @Test
    void noBodyLeadsToWhatAnotherTenantHas() {
        Map<String, String> before = mine.possessions();
        String rule = "{\"name\":\"R2\",\"then\":[{\"type\":\"connection\",\"id\":\"%s\"}]}"
                .formatted(mine.ids.get("connections"));
        String message = "{\"from\":\"1\",\"text\":\"t\"}";

        other.key.post("/v1/rules", rule).expect(422);
        other.key.put("/v1/rules/" + other.ids.get("rules"), rule).expect(422);
        other.key
                .post("/v1/rules/test", "{\"message\":" + message + ",\"rules\":[" + rule + "]}")
                .expect(422);
        other.key.post("/v1/rules/replay", "{\"rules\":[" + rule + "]}").expect(422);
        other.key
                .post(
                        "/v1/messages",
                        "{\"to\":\"919876543210\",\"text\":\"x\",\"deviceId\":\"" + mine.ids.get("devices") + "\"}")
                .expect(422);
        assertThat(other.key
                        .post("/v1/deliveries/replay", "{\"target\":\"" + mine.ids.get("connections") + "\"}")
                        .at("/matched"))
                .isEqualTo("0");
        other.key
                .put(
                        "/v1/config?dryRun=true",
                        "version: 1\nrules:\n  - name: R\n    then: [{type: connection, id: "
                                + mine.ids.get("connections") + "}]\n")
                .expect(422);
        other.phone
                .post("/v1/outbox/" + mine.ids.get("outgoing"), "{\"status\":\"sent\"}")
                .expect(404);
        assertThat(mine.possessions()).isEqualTo(before);
    }

    @Test
    void aFileWithIdsOfAnotherTenantMakesThingsOfOnesOwn() {
        Map<String, String> before = mine.possessions();
        String file = mine.key.get("/v1/config").expect(200).text();

        Api operator = bridge.operator();
        String id = operator.post("/v1/tenants", "{\"name\":\"Third\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(201)
                .at("/id");
        Api third = operator.as(operator.post("/v1/tenants/" + id + "/keys").at("/key"));
        third.put("/v1/config", file).expect(200);

        assertThat(third.get("/v1/connections").expect(200).text())
                .contains("con_")
                .doesNotContain(mine.ids.get("connections"));
        assertThat(third.get("/v1/rules").expect(200).text()).contains("rule_").doesNotContain(mine.ids.get("rules"));
        assertThat(mine.possessions()).isEqualTo(before);
    }

    @Test
    void aTokenOpensOnlyTheUrlOfItsOwnAdapter() {
        String token = mine.key
                .post("/v1/devices", "{\"name\":\"K\",\"adapter\":\"kannel\"}")
                .expect(201)
                .at("/token");
        Api device = mine.key.as(token);
        Api nobody = bridge.nobody();

        nobody.get("/v1/inbound/kannel/" + token + "?from=1&text=t&id=1").expect(200);
        nobody.post("/v1/inbound/twilio/" + token, "Body=t").expect(403);
        nobody.get("/v1/inbound/kannel/" + token + "x").expect(401);
        device.post("/v1/inbound", SMS).expect(403);
        device.get("/v1/outbox").expect(403);
        device.get("/v1/messages").expect(403);
        String plain =
                mine.key.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token");
        nobody.get("/v1/inbound/kannel/" + plain + "?from=1&text=t").expect(403);
        // Keys of other kinds are no tokens.
        nobody.get("/v1/inbound/kannel/" + RunningBridge.TENANT_KEY).expect(403);
        nobody.get("/v1/inbound/kannel/" + RunningBridge.OPERATOR_KEY).expect(403);
    }

    @Test
    void aDeletedDeviceIsUnknownAtOnce() {
        Api.Reply made = mine.key.post("/v1/devices", "{\"name\":\"Gone\"}").expect(201);
        Api phone = mine.key.as(made.at("/token"));
        phone.get("/v1/outbox").expect(200);
        mine.key.delete("/v1/devices/" + made.at("/id")).expect(204);

        eventually(() -> phone.get("/v1/outbox").expect(401));
        phone.post("/v1/inbound", SMS).expect(401);
    }
}
