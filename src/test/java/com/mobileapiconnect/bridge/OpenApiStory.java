package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;

/** Makes every call of the API at least once, in an order that makes sense, and has each answer held to the document. */
final class OpenApiStory {

    private static final String UNKNOWN = "/v1/connections/con_unknown";
    private final OpenApiClient client;
    private final Receiver receiver;
    private final OpenApiOperatorStory operator;
    private final OpenApiPhoneStory phones;

    OpenApiStory(OpenApiClient client, Receiver receiver) {
        this.client = client;
        this.receiver = receiver;
        this.operator = new OpenApiOperatorStory(client);
        this.phones = new OpenApiPhoneStory(client, receiver);
    }

    void tell() {
        operator.about();
        operator.routesLookedAt();
        operator.routesEdited();
        operator.resources();
        Api tenant = operator.tenantByOperator();
        keys(tenant);
        String device = phones.devices(tenant);
        webhook(tenant, "/v1/webhooks", "/all");
        webhook(tenant, "/v1/webhooks/operations", "/ops");
        String connection = connections(tenant);
        Api phone = client.phoneOf(tenant);
        phones.phones(tenant);
        String rule = rules(tenant, connection);
        String delivery = messages(tenant, phone);
        deliveries(tenant, delivery, connection);
        phones.gateways(tenant);
        phones.readAgain(tenant);
        phones.sending(tenant, phone);
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
        client.call(tenant, "GET", "/v1/messages?find=balance&limit=1", "").expect(200);
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
