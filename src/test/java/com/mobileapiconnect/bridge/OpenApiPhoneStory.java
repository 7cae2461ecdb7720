package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import java.time.Instant;

/** Makes the calls about phones and by them: pairing, gateways, SMS to customers. */
final class OpenApiPhoneStory {

    private final OpenApiClient client;
    private final Receiver receiver;

    OpenApiPhoneStory(OpenApiClient client, Receiver receiver) {
        this.client = client;
        this.receiver = receiver;
    }

    String devices(Api tenant) {
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
    void phones(Api tenant) {
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

    void gateways(Api tenant) {
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

    void readAgain(Api tenant) {
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

    void sending(Api tenant, Api phone) {
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
        client.call(tenant, "GET", "/v1/opt-outs/919876543211", "").expect(200);
        client.call(tenant, "DELETE", "/v1/opt-outs/919876543211", "").expect(204);
        client.call(tenant, "GET", "/v1/opt-outs/919876543211", "").expect(404);
        client.call(tenant, "DELETE", "/v1/opt-outs/919876543211", "").expect(404);
    }
}
