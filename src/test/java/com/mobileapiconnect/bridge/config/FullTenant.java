package com.mobileapiconnect.bridge.config;

import com.mobileapiconnect.bridge.support.Api;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tenant that has everything that a configuration file can have, with a secret wherever there can be one. */
final class FullTenant {

    /** The secrets that a file of it lacks. */
    static final int SECRETS = 10;

    private static final Pattern ID = Pattern.compile("\\b(con|rule|act|dev)_[A-Za-z0-9]+");

    private FullTenant() {}

    static void make(Api tenant) {
        tenant.put("/v1/webhooks", """
                        {"url":"https://all.example.com/","secret":"whsec_0123456789abcdef","ordered":true,
                         "metadata":{"0049":"${env:HOME}"},"payload":{"include":["deviceName"]},"signatureHeader":"X-Sig"}""").expect(200);
        tenant.put("/v1/webhooks/operations", """
                        {"url":"https://ops.example.com/","secret":"whsec_0123456789abcdef","concurrency":2,"events":["target.disabled","outgoing.updated"]}""").expect(200);
        tenant.put("/v1/sms-settings", """
                        {"quietHours":{"days":["SAT","SUN"],"from":"21:00","to":"08:00","zone":"Asia/Kolkata","replies":true},
                         "help":{"text":"Call us: $${env:HOME}","words":["AIDE"]}}""").expect(200);
        tenant.put("/v1/opt-out-words", """
                        {"languages":["de","fr"],"optOutWords":["raus"],"optInWords":["rein"]}""").expect(200);
        String device = tenant.post("/v1/devices", """
                        {"name":"Front desk","number":"911234500000","sims":{"1":"911234500001","2":"911234500002"},
                         "adapter":"android-sms-gateway","signingKey":"the app's own","outbox":true,"manage":true,
                         "metadata":{"room":"1"},"zone":"Asia/Kolkata","region":"IN"}""").expect(201).at("/id");
        tenant.post("/v1/devices", """
                        {"name":"Cloud","transport":{"type":"twilio","accountSid":"AC0","authToken":"a token","from":"+911"}}""").expect(201);
        tenant.post(
                        "/v1/keys",
                        "{\"name\":\"CI\",\"scopes\":[\"read\",\"rules\"],\"expiresAt\":\"2999-01-01T00:00:00.000Z\"}")
                .expect(201);
        String connection = tenant.post("/v1/connections", """
                        {"name":"SAP","outboundUrl":"https://erp.example.com/sms","secret":"whsec_0123456789abcdef",
                         "when":{"all":[{"field":"device","op":"in","value":["%s","dev_of_nobody"]},
                                        {"not":{"field":"device","op":"equals","value":"%s"}}]},
                         "http":{"headers":{"X-Key":"k","X-Other.Key":"o"},
                                 "auth":{"type":"basic","username":"u","password":"p"}},
                         "success":["2xx",302],"failureWhen":{"contains":"0049"},"replyFrom":"/reply","expiresAfter":"PT1H",
                         "redelivery":{"maxAttempts":3},"ratePerSecond":2.5,"metadata":{"a":"b"}}""".formatted(device, device))
                .expect(201)
                .at("/id");
        tenant.post("/v1/connections", """
                        {"name":"Books","outboundUrl":"https://books.example.com/","enabled":false,
                         "http":{"auth":{"type":"oauth2","tokenUrl":"https://books.example.com/token","clientId":"c",
                                         "clientSecret":"s","scope":"all"}}}""").expect(201);
        tenant.post("/v1/rules", """
                        {"name":"Balance","priority":10,"when":{"field":"device","op":"equals","value":"%s"},
                         "then":[{"type":"connection","id":"%s"},{"type":"reply","text":"Hi {{from}}\\n${file:x}"},
                                 {"type":"email","to":["a@example.com"],"subject":"s","text":"t"},
                                 {"type":"webhook","url":"https://erp.example.com/x","secret":"whsec_fedcba9876543210",
                                  "success":[202],"metadata":{"m":"1"},"signatureHeader":"X-Other"}]}""".formatted(device, connection)).expect(201);
        tenant.post("/v1/rules", "{\"name\":\"Rest\",\"enabled\":false,\"continue\":true}")
                .expect(201);
    }

    /** Returns a file in which each id is its number in the order of the file: ids are all that differs between tenants. */
    static String withoutIds(String file) {
        Map<String, String> numbers = new LinkedHashMap<>();
        Matcher id = ID.matcher(file);
        StringBuilder without = new StringBuilder();
        while (id.find()) {
            if (!id.group().equals("dev_of_nobody")) {
                id.appendReplacement(
                        without, numbers.computeIfAbsent(id.group(), any -> id.group(1) + "_" + numbers.size()));
            }
        }
        return id.appendTail(without).toString();
    }
}
