package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import java.time.Instant;

/** Makes every call of the API at least once, in an order that makes sense, and has each answer held to the document. */
final class OpenApiStory {

    private static final String UNKNOWN = "/v1/connections/con_unknown";

    private final OpenApiClient client;
    private final Receiver receiver;

    OpenApiStory(OpenApiClient client, Receiver receiver) {
        this.client = client;
        this.receiver = receiver;
    }

    void tell() {
        about();
        routesLookedAt();
        routesEdited();
        resources();
        Api tenant = tenantByOperator();
        keys(tenant);
        String device = devices(tenant);
        webhook(tenant, "/v1/webhooks", "/all");
        webhook(tenant, "/v1/webhooks/operations", "/ops");
        String connection = connections(tenant);
        Api phone = client.phoneOf(tenant);
        phones(tenant);
        String rule = rules(tenant, connection);
        String delivery = messages(tenant, phone);
        deliveries(tenant, delivery, connection);
        gateways(tenant);
        readAgain(tenant);
        sending(tenant, phone);
        client.call(tenant, "GET", "/v1/targets", "").expect(200);
        client.call(tenant, "GET", "/v1/stats", "").expect(200);
        client.call(tenant, "GET", "/v1/stats?target=" + connection, "").expect(200);
        client.call(tenant, "POST", "/v1/erase", "{\"number\":\"919999999999\"}")
                .expect(200);
        errors(tenant, phone);
        client.call(tenant, "DELETE", "/v1/rules/" + rule, "").expect(204);
        client.call(tenant, "DELETE", "/v1/connections/" + connection, "").expect(409);
        client.call(tenant, "DELETE", "/v1/connections/" + connection + "?discard=true", "")
                .expect(202);
        client.call(tenant, "POST", "/v1/deliveries/" + delivery + "/retry", "").expect(409);
        client.call(tenant, "DELETE", "/v1/devices/" + device, "").expect(204);
        client.call(tenant, "GET", "/v1/audit?limit=100", "").expect(200);
    }

    private void routesLookedAt() {
        String sample = "{\"message\":{\"from\":\"919876543210\",\"text\":\"balance\"}}";
        client.call(client.operator(), "POST", "/v1/routes/deliver/try", sample).expect(200);
        client.call(client.operator(), "POST", "/v1/routes/deliver/try", "{}").expect(422);
        client.call(client.operator(), "POST", "/v1/routes/none/try", sample).expect(404);
        client.call(client.operator(), "GET", "/v1/routes/deliver/diagram", "").expect(200);
        client.call(client.operator(), "GET", "/v1/routes/deliver/diagram", "", "Accept", "text/plain")
                .expect(200);
    }

    private void routesEdited() {
        Api operator = client.operator();
        String route = "/v1/routes/deliver";
        String text = client.call(operator, "GET", route, "").expect(200).text();
        String edited = "# Nothing has changed but this line.\n" + text;
        client.call(operator, "POST", route + "/validate", edited).expect(200);
        client.call(operator, "POST", route + "/completions", "- ro").expect(200);
        client.call(operator, "POST", route + "/validate", text.replace("outbox:send", "outbux:send"))
                .expect(422);
        client.call(operator, "PUT", route + "?reason=a+story", edited).expect(200);
        client.call(operator, "PUT", route, "- route: 1").expect(422);
        client.call(operator, "PUT", route, text, "If-Match", "\"77\"").expect(412);
        client.call(operator, "GET", "/v1/routes", "").expect(200);
        client.call(operator, "GET", route + "/versions", "").expect(200);
        client.call(operator, "GET", route + "/versions/1", "").expect(200);
        client.call(operator, "GET", route + "/versions/1/diff?since=0", "").expect(200);
        client.call(operator, "GET", route + "/versions/99", "").expect(404);
        client.call(operator, "POST", route + "/rollback", "{\"version\":0}").expect(200);
        client.call(operator, "POST", route + "/rollback", "{\"version\":99}").expect(404);
        client.call(operator, "DELETE", route, "").expect(204);
        client.call(operator, "DELETE", "/v1/routes/none", "").expect(404);
    }

    private void resources() {
        Api operator = client.operator();
        String path = "/v1/resources/drop";
        String folder =
                "{\"kind\":\"folder\",\"path\":\"" + System.getProperty("java.io.tmpdir") + "\",\"tenants\":\"all\"}";
        client.call(operator, "PUT", path, folder).expect(200);
        client.call(operator, "PUT", path, folder, "If-Match", "\"77\"").expect(412);
        client.call(operator, "PUT", path + "?check=false", "{\"kind\":\"folder\"}")
                .expect(422);
        client.call(operator, "GET", path, "").expect(200);
        client.call(operator, "GET", "/v1/resources", "").expect(200);
        client.call(operator, "DELETE", path, "").expect(204);
        client.call(operator, "DELETE", path, "").expect(404);
        client.call(operator, "GET", path, "").expect(404);
    }

    private void readAgain(Api tenant) {
        Api.Reply device = client.call(
                        tenant,
                        "POST",
                        "/v1/devices",
                        "{\"name\":\"Router\",\"adapter\":\"http-json\",\"mapping\":{\"from\":\"who\",\"text\":\"what\"}}")
                .expect(201);
        String path = "/v1/inbound/http-json/" + device.at("/token");
        client.call(
                        client.nobody(),
                        "POST",
                        path,
                        "{\"number\":\"919876543212\",\"body\":\"balance\"}",
                        "Content-Type",
                        "application/json")
                .expect(200);
        String raw = tenant.get("/v1/messages?device=" + device.at("/id"))
                .expect(200)
                .at("/data/0/id");
        client.call(tenant, "POST", "/v1/messages/" + raw + "/retry", "").expect(409);
        client.call(
                        tenant,
                        "PATCH",
                        "/v1/devices/" + device.at("/id"),
                        "{\"mapping\":{\"from\":\"number\",\"text\":\"body\"}}")
                .expect(200);
        client.call(tenant, "POST", "/v1/messages/" + raw + "/retry", "").expect(200);
    }

    private void about() {
        client.call(client.nobody(), "GET", "/v1/openapi.json", "").expect(200);
        client.call(client.nobody(), "GET", "/v1/config/schema", "").expect(200);
        client.call(client.nobody(), "GET", "/actuator/health", "").expect(200);
        client.call(client.nobody(), "GET", "/actuator/health", "", "Accept", "application/json")
                .expect(200);
        client.call(client.nobody(), "GET", "/actuator/prometheus", "").expect(401);
        client.call(client.operator(), "GET", "/actuator/prometheus", "").expect(200);
        client.call(client.operator(), "GET", "/actuator/prometheus", "", "Accept", "application/openmetrics-text")
                .expect(200);
    }

    private Api tenantByOperator() {
        Api operator = client.operator();
        String id = client.call(operator, "POST", "/v1/tenants", "{\"name\":\"Acme Corp\"}")
                .expect(201)
                .at("/id");
        client.call(operator, "PATCH", "/v1/tenants/" + id, "{\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(200);
        client.call(operator, "GET", "/v1/tenants?limit=1", "").expect(200);
        client.call(operator, "POST", "/v1/tenants/" + id + "/suspend", "").expect(200);
        client.call(operator, "POST", "/v1/tenants/" + id + "/resume", "").expect(200);
        String key = client.call(operator, "POST", "/v1/tenants/" + id + "/keys", "")
                .expect(201)
                .at("/id");
        client.call(operator, "GET", "/v1/tenants/" + id + "/keys", "").expect(200);
        client.call(operator, "GET", "/v1/tenants/" + id + "/keys/" + key, "").expect(200);
        client.call(operator, "PATCH", "/v1/tenants/" + id + "/keys/" + key, "{\"scopes\":[\"send\",\"read\"]}")
                .expect(200);
        client.call(operator, "DELETE", "/v1/tenants/" + id + "/keys/" + key, "")
                .expect(204);
        client.call(operator, "GET", "/v1/operator/audit", "").expect(200);
        String gone = client.call(operator, "POST", "/v1/tenants", "{\"name\":\"Gone\"}")
                .expect(201)
                .at("/id");
        client.call(operator, "DELETE", "/v1/tenants/" + gone, "").expect(202);
        client.call(operator, "DELETE", "/v1/tenants/" + gone, "").expect(409);
        client.call(operator, "GET", "/v1/tenants", "").expect(200);
        client.call(operator, "POST", "/v1/backups", "").expect(202);
        client.call(operator, "GET", "/v1/backups", "").expect(200);
        client.call(operator, "GET", "/v1/plugins", "").expect(200);
        client.call(operator, "GET", "/v1/retention", "").expect(200);
        client.call(operator, "GET", "/v1/connectors/files", "").expect(200);
        return operator.as(client.call(operator, "POST", "/v1/tenants/" + id + "/keys", "")
                .expect(201)
                .at("/key"));
    }

    private void keys(Api tenant) {
        String id = client.call(tenant, "POST", "/v1/keys", "{\"name\":\"Night shift\"}")
                .expect(201)
                .at("/id");
        client.call(tenant, "PATCH", "/v1/keys/" + id, "{\"expiresAt\":\"9998-12-31T00:00:00.000Z\"}")
                .expect(200);
        client.call(tenant, "PATCH", "/v1/keys/" + id, "{}", "If-Match", "\"1\"")
                .expect(412);
        client.call(tenant, "GET", "/v1/keys/" + id, "").expect(200);
        client.call(tenant, "DELETE", "/v1/keys/" + id, "").expect(204);
        String last = client.call(tenant, "GET", "/v1/keys", "").expect(200).at("/data/0/id");
        client.call(tenant, "DELETE", "/v1/keys/" + last, "").expect(409);
        client.call(tenant, "PATCH", "/v1/keys/" + last, "{\"scopes\":[\"read\"]}")
                .expect(409);
        client.call(tenant, "GET", "/v1/keys", "").expect(200); // one that was used
    }

    private String devices(Api tenant) {
        String id = client.call(tenant, "POST", "/v1/devices", """
                        {"name":"Front desk","number":"911234500000","sims":{"1":"911234500000"},"adapter":"twilio",
                         "signingKey":"secret","outbox":true,
                         "transport":{"type":"twilio","accountSid":"AC12","authToken":"secret"}}""").expect(201).at("/id");
        client.call(tenant, "PATCH", "/v1/devices/" + id, "{\"name\":\"Warehouse\"}")
                .expect(200);
        String shown =
                client.call(tenant, "GET", "/v1/devices/" + id, "").expect(200).text();
        client.call(tenant, "PATCH", "/v1/devices/" + id, shown).expect(200);
        client.call(tenant, "PATCH", "/v1/devices/" + id, "{\"transport\":null,\"outbox\":false}")
                .expect(200);
        client.call(tenant, "GET", "/v1/devices", "").expect(200);
        return id;
    }

    /** What phones say and ask about themselves. */
    private void phones(Api tenant) {
        Api.Reply made = client.call(tenant, "POST", "/v1/devices", "{\"name\":\"Mobile\",\"manage\":true}")
                .expect(201);
        String device = "/v1/devices/" + made.at("/id");
        String link =
                client.call(tenant, "POST", device + "/pairing", "").expect(201).at("/link");
        String code = "{\"code\":\"" + link.substring(link.indexOf('=') + 1) + "\"}";
        client.call(client.nobody(), "POST", "/v1/pairing", "{\"code\":\"none\"}")
                .expect(401);
        Api phone = tenant.as(client.call(client.nobody(), "POST", "/v1/pairing", code)
                .expect(200)
                .at("/token"));
        client.call(client.nobody(), "POST", "/v1/pairing", code).expect(410);
        client.call(phone, "POST", "/v1/devices/heartbeat", "{\"battery\":81,\"lastNumber\":7}")
                .expect(200);
        client.call(phone, "POST", "/v1/devices/heartbeat", "{\"lastNumber\":9,\"pending\":1}")
                .expect(200);
        client.call(tenant, "GET", device + "/gaps", "").expect(200);
        client.call(tenant, "GET", device, "").expect(200);
        client.call(phone, "POST", "/v1/inbound", "{\"id\":\"8\",\"from\":\"1\",\"text\":\"t\"}")
                .expect(202);
        client.call(phone, "POST", "/v1/inbound/reconcile", "{\"ids\":[\"8\",\"9\"]}")
                .expect(200);
        client.call(phone, "GET", "/v1/phone", "").expect(200);
        client.call(phone, "GET", "/v1/phone/messages", "").expect(200);
        String table = "from,text,receivedAt\n919876500000,old,2026-06-12T14:32:00.000Z\n,no time,\n";
        client.call(tenant, "POST", device + "/import?dryRun=true", table).expect(200);
        client.call(tenant, "POST", device + "/import", table).expect(202);
        String url = "{\"url\":\"" + receiver.url("/all") + "\"}";
        client.call(phone, "PUT", "/v1/phone/forward-url", url).expect(200);
        String shown = client.call(phone, "GET", "/v1/phone/forward-url", "")
                .expect(200)
                .text();
        client.call(phone, "PUT", "/v1/phone/forward-url", shown).expect(200);
        client.call(phone, "POST", "/v1/phone/forward-url/test", "").expect(200);
    }

    private void webhook(Api tenant, String path, String receiverPath) {
        client.call(tenant, "GET", path, "").expect(200);
        client.call(tenant, "POST", path + "/pause", "").expect(404);
        client.call(tenant, "PUT", path, "{\"url\":\"" + receiver.url(receiverPath) + "\"}")
                .expect(200);
        client.call(tenant, "POST", path + "/pause", "").expect(200);
        client.call(tenant, "POST", path + "/resume", "").expect(200);
        client.call(tenant, "POST", path + "/rotate-secret", "").expect(200);
        client.call(tenant, "POST", path + "/rotate-secret", "").expect(200);
        client.call(tenant, "POST", path + "/test", "").expect(200);
        String shown = client.call(tenant, "GET", path, "").expect(200).text();
        client.call(tenant, "PUT", path, shown).expect(200);
    }

    private String connections(Api tenant) {
        receiver.answering(got -> switch (got.path()) {
            case "/erp" -> Receiver.Answer.of(503, "busy");
            case "/token" -> Receiver.Answer.of(200, "{\"access_token\":\"t\"}");
            default -> Receiver.Answer.of(200);
        });
        String id = client.call(
                        tenant, "POST", "/v1/connections", """
                        {"name":"My ERP","outboundUrl":"%s","when":{"field":"text","op":"exists"},
                         "redelivery":{"initialDelay":"PT1H"},"success":["2xx",302],
                         "failureWhen":{"pointer":"/error","equals":"full"},"replyFrom":"/reply",
                         "http":{"headers":{"X-Api-Key":"k"},"auth":{"type":"oauth2","tokenUrl":"%s","clientId":"a",
                         "clientSecret":"b"}}}""".formatted(receiver.url("/erp"), receiver.url("/token")))
                .expect(201)
                .at("/id");
        client.call(tenant, "GET", "/v1/connectors", "").expect(200);
        client.call(tenant, "GET", "/v1/adapters", "").expect(200);
        client.call(tenant, "GET", "/v1/connections", "").expect(200);
        client.call(tenant, "POST", "/v1/connections/" + id + "/pause", "").expect(200);
        client.call(tenant, "POST", "/v1/connections/" + id + "/resume", "").expect(200);
        client.call(tenant, "POST", "/v1/connections/" + id + "/rotate-secret", "")
                .expect(200);
        client.call(tenant, "POST", "/v1/connections/" + id + "/test", "").expect(200);
        client.call(
                        tenant,
                        "POST",
                        "/v1/connections/" + id + "/preview",
                        "{\"message\":{\"from\":\"919876543210\",\"text\":\"balance\"}}")
                .expect(200);
        client.call(tenant, "POST", "/v1/connections/preview", """
                        {"connection":{"name":"Draft","outboundUrl":"%s"},
                         "message":{"from":"919876543210","text":"balance"}}""".formatted(receiver.url("/erp")))
                .expect(200);
        String shown = client.call(tenant, "GET", "/v1/connections/" + id, "")
                .expect(200)
                .text();
        client.call(tenant, "PUT", "/v1/connections/" + id, shown).expect(200);
        String today = "{\"since\":\"2026-06-12T00:00:00.000Z\",\"dryRun\":%s}";
        client.call(tenant, "POST", "/v1/connections/" + id + "/backfill", today.formatted(true))
                .expect(200);
        client.call(tenant, "POST", "/v1/connections/" + id + "/backfill", today.formatted(false))
                .expect(202);
        return id;
    }

    private String rules(Api tenant, String connection) {
        String id = client.call(tenant, "POST", "/v1/rules", """
                        {"name":"Balance","when":{"field":"text","op":"contains","value":"balance"},
                         "then":[{"type":"connection","id":"%s"},{"type":"reply","text":"Hi {{from}}"},
                         {"type":"email","to":["ops@example.com"],"subject":"SMS","text":"{{text}}"},
                         {"type":"webhook","url":"%s"}]}""".formatted(connection, receiver.url("/rule")))
                .expect(201)
                .at("/id");
        client.call(tenant, "GET", "/v1/rules", "").expect(200);
        String shown =
                client.call(tenant, "GET", "/v1/rules/" + id, "").expect(200).text();
        client.call(tenant, "PUT", "/v1/rules/" + id, shown).expect(200);
        String order =
                client.call(tenant, "GET", "/v1/rules/order", "").expect(200).text();
        client.call(tenant, "PUT", "/v1/rules/order", order).expect(200);
        client.call(tenant, "POST", "/v1/rules/test", "{\"message\":{\"from\":\"1\",\"text\":\"balance\",\"sim\":1}}")
                .expect(200);
        client.call(tenant, "POST", "/v1/rules/replay", "{}").expect(200);
        client.call(tenant, "POST", "/v1/rules/replay", "{\"job\":true}").expect(202);
        String file = client.call(tenant, "GET", "/v1/config", "").expect(200).text();
        client.call(tenant, "PUT", "/v1/config?dryRun=true", file.replace("priority: 100", "priority: 1"))
                .expect(200);
        client.call(tenant, "PUT", "/v1/config", file).expect(200);
        client.call(
                        tenant,
                        "PUT",
                        "/v1/config",
                        "devices: [{name: New}]\nkeys: [{name: New}]\noperations: {enabled: false, secret: true}")
                .expect(200);
        client.call(tenant, "PUT", "/v1/config", "rules: 1").expect(422);
        client.call(tenant, "PUT", "/v1/config", "{").expect(400);
        return id;
    }

    /** The delivery that failed. */
    private String messages(Api tenant, Api phone) {
        String sms = "{\"id\":\"p-1\",\"from\":\"919876543210\",\"text\":\"balance \\u0000\"}";
        String id = client.call(phone, "POST", "/v1/inbound", sms).expect(202).at("/messages/0/id");
        client.call(phone, "POST", "/v1/inbound", "{\"messages\":[" + sms + "]}")
                .expect(202);
        client.call(phone, "POST", "/v1/inbound", sms.replace("balance", "help"))
                .expect(202);
        client.call(
                        phone,
                        "POST",
                        "/v1/inbound?partial=true",
                        "{\"messages\":[{\"text\":\"t\",\"receivedAt\":\"never\",\"to\":\"\\t\"},{\"id\":\"p-9\"}]}")
                .expect(202);
        client.call(tenant, "GET", "/v1/messages?from=unknown", "").expect(200);
        client.call(
                        tenant,
                        "GET",
                        "/v1/messages?from=919876543210&to=911234500000&q=b&since=2026-06-12T14:32:00.000Z&limit=1",
                        "")
                .expect(200);
        client.call(tenant, "GET", "/v1/messages?limit=1", "").expect(200);
        eventually(() -> assertThat(client.call(tenant, "GET", "/v1/messages/" + id, "")
                        .expect(200)
                        .json()
                        .findValuesAsText("outcome"))
                .contains("success", "failure"));
        return client.call(tenant, "GET", "/v1/deliveries?status=pending&messageId=" + id, "")
                .expect(200)
                .at("/data/0/id");
    }

    private void deliveries(Api tenant, String delivery, String connection) {
        client.call(tenant, "GET", "/v1/deliveries/" + delivery, "").expect(200);
        client.call(tenant, "GET", "/v1/deliveries/" + delivery + "/request", "")
                .expect(200);
        client.call(tenant, "GET", "/v1/deliveries?limit=1&target=webhook&status=delivered", "")
                .expect(200);
        client.call(tenant, "POST", "/v1/deliveries/" + delivery + "/retry", "").expect(202);
        client.call(tenant, "POST", "/v1/deliveries/replay", "{\"target\":\"" + connection + "\",\"dryRun\":true}")
                .expect(200);
        String job = client.call(tenant, "POST", "/v1/deliveries/replay", "{\"target\":\"" + connection + "\"}")
                .expect(202)
                .at("/job");
        eventually(() -> assertThat(
                        client.call(tenant, "GET", "/v1/jobs/" + job, "").at("/status"))
                .isEqualTo("done"));
        client.call(tenant, "GET", "/v1/jobs?limit=1", "").expect(200);
        client.call(client.operator(), "GET", "/v1/jobs", "").expect(200);
        client.call(tenant, "DELETE", "/v1/jobs/" + job, "").expect(409);
        client.call(tenant, "DELETE", "/v1/jobs/job_unknown", "").expect(404);
    }

    private void gateways(Api tenant) {
        String kannel = client.gatewayOf(tenant, "kannel");
        client.call(client.nobody(), "GET", kannel + "?from=919876543212&text=balance&id=k-1", "")
                .expect(200);
        client.call(client.nobody(), "GET", kannel + "?nothing=known", "").expect(200);
        String twilio = client.gatewayOf(tenant, "twilio");
        client.call(client.nobody(), "POST", twilio, "MessageSid=SM1&From=%2B919876543212&Body=balance")
                .expect(200);
        client.call(client.nobody(), "POST", client.gatewayOf(tenant, "android-sms-gateway"), "no JSON")
                .expect(200);
        client.call(client.nobody(), "POST", twilio + "x", "").expect(401);
        client.call(client.nobody(), "POST", twilio.replace("twilio", "pigeon"), "")
                .expect(404);
        client.call(client.nobody(), "GET", twilio.replace("twilio", "kannel"), "")
                .expect(403);
        String raw = client.call(tenant, "GET", "/v1/messages?from=unknown&limit=1", "")
                .expect(200)
                .at("/data/0/id");
        client.call(tenant, "GET", "/v1/messages/" + raw, "").expect(200);
    }

    private void sending(Api tenant, Api phone) {
        String sms = "{\"to\":\"919876543211\",\"text\":\"Your invoice\",\"ref\":\"INV-42\"}";
        String id = client.call(tenant, "POST", "/v1/messages", sms, "Idempotency-Key", "k-1")
                .expect(202)
                .at("/id");
        client.call(tenant, "POST", "/v1/messages", sms.replace("42", "43"), "Idempotency-Key", "k-1")
                .expect(422);
        client.call(phone, "GET", "/v1/outbox", "").expect(200);
        client.call(phone, "GET", "/v1/outbox?wait=61", "").expect(422);
        client.call(phone, "POST", "/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
        client.call(phone, "POST", "/v1/outbox/out_unknown", "{\"status\":\"sent\"}")
                .expect(404);
        client.call(tenant, "GET", "/v1/outgoing/" + id, "").expect(200);
        client.call(tenant, "DELETE", "/v1/outgoing/" + id, "").expect(409);
        String later = """
                {"to":["919876543212","VK-BANK"],"text":"Sale","sendAt":"2099-01-01T00:00:00Z"}""";
        client.call(tenant, "POST", "/v1/messages", later).expect(422);
        later = later.replace(
                "2099-01-01T00:00:00Z", Instant.now().plusSeconds(3600).toString());
        later = later.replace("}", ",\"validFor\":\"PT1H\",\"metadata\":{\"campaign\":\"spring\"}}");
        String each =
                client.call(tenant, "POST", "/v1/messages", later).expect(202).at("/messages/0/id");
        client.call(tenant, "GET", "/v1/outgoing/" + each, "").expect(200);
        client.call(tenant, "DELETE", "/v1/outgoing/" + each, "").expect(204);
        client.call(tenant, "GET", "/v1/outgoing?to=919876543211&status=sent&limit=1", "")
                .expect(200);
        client.call(phone, "POST", "/v1/inbound", "{\"from\":\"919876543211\",\"text\":\"Stop\"}")
                .expect(202);
        client.call(tenant, "POST", "/v1/messages", sms).expect(409);
        client.call(tenant, "GET", "/v1/messages?from=919876543211", "").expect(200);
        client.call(tenant, "GET", "/v1/opt-outs", "").expect(200);
        client.call(tenant, "GET", "/v1/opt-out-words", "").expect(200);
        client.call(tenant, "PUT", "/v1/opt-out-words", "{\"languages\":[\"es\"],\"optOutWords\":[\"no more\"]}")
                .expect(200);
        client.call(tenant, "PUT", "/v1/opt-out-words", "{\"languages\":[\"xx\"]}")
                .expect(422);
        client.call(tenant, "GET", "/v1/history?number=919876543211&limit=1", "")
                .expect(200);
        client.call(tenant, "GET", "/v1/history?number=", "").expect(422);
        client.call(tenant, "POST", "/v1/opt-outs", "{\"numbers\":[\"919876543219\",\"VK-BANK\"]}")
                .expect(200);
        client.call(tenant, "POST", "/v1/opt-outs/import", "number\n919876543219\nVK-BANK\n")
                .expect(200);
        client.call(tenant, "GET", "/v1/opt-outs/export", "").expect(200);
        String told = "{\"to\":\"919876543217\",\"text\":\"x\",\"statusUrl\":\"https://erp.example.com/status\"}";
        client.call(tenant, "POST", "/v1/messages", told).expect(202);
        String statusUrl =
                client.call(tenant, "GET", "/v1/status-urls", "").expect(200).at("/data/0/id");
        client.call(tenant, "DELETE", "/v1/status-urls/" + statusUrl, "").expect(204);
        client.call(tenant, "DELETE", "/v1/status-urls/" + statusUrl, "").expect(404);
        client.call(tenant, "GET", "/v1/sms-settings", "").expect(200);
        String settings = """
                {"quietHours":{"from":"21:00","to":"08:00","zone":"Asia/Kolkata"},"help":{"text":"Call 1800","words":["AIDE"]}}""";
        client.call(tenant, "PUT", "/v1/sms-settings", settings).expect(200);
        client.call(tenant, "PUT", "/v1/sms-settings", settings.replace("Asia", "Mars"))
                .expect(422);
        client.call(tenant, "PUT", "/v1/sms-settings", "{}").expect(200);
        client.call(tenant, "DELETE", "/v1/opt-outs/919876543211", "").expect(204);
        client.call(tenant, "DELETE", "/v1/opt-outs/919876543211", "").expect(404);
    }

    private void errors(Api tenant, Api phone) {
        client.call(client.nobody(), "GET", "/v1/messages", "").expect(401);
        client.call(phone, "GET", "/v1/messages", "").expect(403);
        client.call(tenant, "POST", "/v1/inbound", "{}").expect(403);
        client.call(tenant, "GET", UNKNOWN, "").expect(404);
        client.call(tenant, "DELETE", UNKNOWN, "").expect(404);
        client.call(tenant, "DELETE", UNKNOWN + "?discard=perhaps", "").expect(422);
        client.call(tenant, "GET", "/v1/messages?limit=501", "").expect(422);
        client.call(tenant, "GET", "/v1/deliveries?status=lost", "").expect(422);
        client.call(tenant, "POST", "/v1/connections", "not json").expect(400);
        client.call(tenant, "POST", "/v1/connections", "{}").expect(422);
        client.call(tenant, "POST", "/v1/keys", "{\"name\":\"" + "x".repeat(1 << 20) + "\"}")
                .expect(413);
        client.call(phone, "POST", "/v1/inbound", "{\"messages\":[{\"from\":7}]}")
                .expect(422);
        client.call(phone, "POST", "/v1/inbound", "not json").expect(400);
    }
}
