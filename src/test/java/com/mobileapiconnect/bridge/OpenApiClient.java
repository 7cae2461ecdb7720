package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Calls the bridge and holds every answer against the document: status, headers, content type and body. */
final class OpenApiClient {

    private final OpenApiDocument document;
    private final String url;
    private final Api operator;
    private final Set<String> successes = new TreeSet<>();

    OpenApiClient(OpenApiDocument document, String url, String operatorKey) {
        this.document = document;
        this.url = url;
        this.operator = new Api(url, operatorKey);
    }

    Api operator() {
        return operator;
    }

    Api nobody() {
        return new Api(url, null);
    }

    /** A tenant of its own, whose calls may reach this machine. */
    Api newTenant() {
        String id = operator.post("/v1/tenants", "{\"name\":\"Acme Corp\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(201)
                .at("/id");
        return new Api(
                url, operator.post("/v1/tenants/" + id + "/keys").expect(201).at("/key"));
    }

    Api phoneOf(Api tenant) {
        return tenant.as(tenant.post("/v1/devices", "{\"name\":\"Front desk\"}")
                .expect(201)
                .at("/token"));
    }

    /** A phone that may set the Forward URL. */
    Api managingPhoneOf(Api tenant) {
        return tenant.as(tenant.post("/v1/devices", "{\"name\":\"Front desk\",\"manage\":true}")
                .expect(201)
                .at("/token"));
    }

    /** The path at which a new device with this adapter hands over. */
    String gatewayOf(Api tenant, String adapter) {
        String token = tenant.post("/v1/devices", "{\"name\":\"Gateway\",\"adapter\":\"" + adapter + "\"}")
                .expect(201)
                .at("/token");
        return "/v1/inbound/" + adapter + "/" + token;
    }

    /** Has one SMS delivered to a URL, with every signature there is. */
    void sendOneDuringARotation(String url) {
        Api tenant = newTenant();
        tenant.put("/v1/webhooks", "{\"url\":\"" + url + "\"}").expect(200);
        tenant.post("/v1/webhooks/rotate-secret").expect(200);
        tenant.post("/v1/webhooks/rotate-secret").expect(200);
        phoneOf(tenant)
                .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"balance\"}")
                .expect(202);
    }

    /** Has a connection lose an SMS, be disabled by its receiver and work again; {@code /ops} hears of it, fully signed. */
    void failAndRecover(Receiver receiver) {
        Api tenant = newTenant();
        receiver.answering(got -> Receiver.Answer.of(got.path().equals("/ops") ? 200 : 410));
        String events =
                "\"target.disabled\",\"target.recovered\",\"delivery.failed\",\"message.unparsed\",\"outgoing.updated\"";
        tenant.put("/v1/webhooks/operations", "{\"url\":\"" + receiver.url("/ops") + "\",\"events\":[" + events + "]}")
                .expect(200);
        tenant.post("/v1/webhooks/operations/rotate-secret").expect(200);
        tenant.post("/v1/webhooks/operations/rotate-secret").expect(200);
        String connection = tenant.post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"outboundUrl\":\"%s\",\"redelivery\":{\"maxAttempts\":1}}"
                                .formatted(receiver.url("/erp")))
                .expect(201)
                .at("/id");
        Api phone = phoneOf(tenant);
        String sms = tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\"}")
                .expect(202)
                .at("/id");
        tenant.delete("/v1/outgoing/" + sms).expect(204);
        nobody().post(gatewayOf(tenant, "twilio"), "nothing=known").expect(200);
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"balance\"}")
                .expect(202);
        eventually(() -> assertThat(tenant.get("/v1/connections/" + connection).at("/status"))
                .isEqualTo("disabled"));
        receiver.answering(200);
        tenant.post("/v1/connections/" + connection + "/resume").expect(200);
        eventually(() -> assertThat(receiver.requests("/erp")).hasSize(2));
        receiver.answering(got -> Receiver.Answer.of(got.path().equals("/ops") ? 200 : 500));
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"balance\"}")
                .expect(202);
    }

    /** The operations that have answered with success so far. */
    Set<String> successes() {
        return successes;
    }

    /** One call whose answer has to be as the document says. */
    Api.Reply call(Api api, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = api.request(path).method(method, HttpRequest.BodyPublishers.ofString(body));
        Api.Reply reply = api.send(headers.length == 0 ? request : request.headers(headers));
        String operation = document.operationOf(method, path);
        JsonNode documented =
                document.follow(document.operation(operation).path("responses").path(String.valueOf(reply.status())));
        String context = operation + " → " + reply.status() + " " + reply.text();
        assertThat(documented.isMissingNode()).as("not documented: " + context).isFalse();
        documented.path("headers").properties().forEach(header -> {
            JsonNode schema = document.follow(header.getValue()).path("schema");
            assertThat(document.headerErrors(schema, reply.header(header.getKey())))
                    .as(header.getKey() + " of " + context)
                    .isEmpty();
        });
        String type = reply.header("Content-Type").replaceFirst(";.*", "");
        if (!documented.has("content")) {
            assertThat(reply.text()).as(context).isEmpty();
        } else {
            assertThat(documented.path("content").has(type))
                    .as(type + " of " + context)
                    .isTrue();
            if (type.endsWith("json")) {
                JsonNode schema = documented.path("content").path(type).path("schema");
                assertThat(document.errors(schema, reply.json())).as(context).isEmpty();
            }
        }
        if (reply.status() < 300) {
            successes.add(operation);
        }
        return reply;
    }

    /** Whoever may call an operation, with a tenant and an object of their own to call it about. */
    Caller callerOf(String operation) {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = operation.substring(operation.indexOf(' ') + 1);
        Api tenant = newTenant();
        if (path.startsWith("/v1/tenants")) {
            String id = operator.get("/v1/tenants").at("/data/0/id");
            String key = operator.get("/v1/tenants/" + id + "/keys").at("/data/0/id");
            return new Caller(operator, method, path.replace("{id}", id).replace("{keyId}", key));
        } else if (path.startsWith("/v1/routes/")) {
            return new Caller(operator, method, path.replace("{name}", "deliver"));
        } else if (path.startsWith("/v1/resources/")) {
            return new Caller(operator, method, path.replace("{name}", "drop"));
        } else if (path.startsWith("/v1/keys/")) {
            String id = tenant.post("/v1/keys").expect(201).at("/id");
            return new Caller(tenant, method, path.replace("{id}", id));
        } else if (path.startsWith("/v1/connections/")) {
            String connection = "{\"name\":\"My ERP\",\"outboundUrl\":\"http://127.0.0.1/erp\"}";
            String id = tenant.post("/v1/connections", connection).expect(201).at("/id");
            return new Caller(tenant, method, path.replace("{id}", id));
        } else if (path.equals("/v1/rules/{id}")) {
            String id =
                    tenant.post("/v1/rules", "{\"name\":\"Rule\"}").expect(201).at("/id");
            return new Caller(tenant, method, path.replace("{id}", id));
        } else if (path.equals("/v1/devices/heartbeat") || path.startsWith("/v1/phone")) {
            return new Caller(managingPhoneOf(tenant), method, path);
        } else if (path.startsWith("/v1/devices/")) {
            String id = tenant.post("/v1/devices", "{\"name\":\"Front desk\"}")
                    .expect(201)
                    .at("/id");
            return new Caller(tenant, method, path.replace("{id}", id));
        }
        if (operation.equals("POST /v1/messages")) {
            phoneOf(tenant);
        } else if (path.startsWith("/v1/outbox/")) {
            Api phone = phoneOf(tenant);
            String id = tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\"}")
                    .expect(202)
                    .at("/id");
            return new Caller(phone, method, path.replace("{id}", id));
        }
        return new Caller(path.matches("/v1/inbound|/v1/inbound/reconcile") ? phoneOf(tenant) : tenant, method, path);
    }

    /** Sends bodies to one operation. */
    record Caller(Api api, String method, String path) {

        Api.Reply send(String body) {
            return api.send(api.request(path).method(method, HttpRequest.BodyPublishers.ofString(body)));
        }

        /** The fields that the refusal of an unknown one lists. */
        Set<String> fieldsKnown(String body) {
            JsonNode errors = send(body).expect(422).json().path("errors");
            String message = OpenApiDocument.items(errors)
                    .filter(error -> error.path("field").asText().endsWith("no such field"))
                    .map(error -> error.path("message").asText())
                    .collect(Collectors.joining());
            return new TreeSet<>(Arrays.asList(
                    message.substring(message.indexOf(" has ") + 5).split(", ")));
        }
    }
}
