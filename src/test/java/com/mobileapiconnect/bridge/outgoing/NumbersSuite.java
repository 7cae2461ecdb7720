package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tenant for each test, with phones that read numbers as their region does. */
@OnBothDatabases
abstract class NumbersSuite {

    RunningBridge bridge;
    Api tenant;
    String tenantId;

    @BeforeEach
    void newTenant(Database database) {
        bridge = RunningBridge.shared(database);
        RunningBridge.NewTenant fresh = bridge.newTenant();
        tenant = fresh.api();
        tenantId = fresh.id();
    }

    @AfterEach
    void leave() {
        bridge.close();
    }

    /** A paired phone. */
    record Phone(String id, Api api) {

        String receives(String from, String text) {
            String sms = JsonNodeFactory.instance
                    .objectNode()
                    .put("from", from)
                    .put("text", text)
                    .toString();
            return api.post("/v1/inbound", sms).expect(202).at("/messages/0/id");
        }
    }

    Phone phone(String fields) {
        Api.Reply paired =
                tenant.post("/v1/devices", "{\"name\":\"p\"" + fields + "}").expect(201);
        return new Phone(paired.at("/id"), tenant.as(paired.at("/token")));
    }

    Phone phoneIn(@Nullable String region) {
        return phone(region == null ? "" : ",\"region\":\"" + region + "\"");
    }

    Api.Reply send(Phone by, String to, String ref) {
        return tenant.post(
                "/v1/messages",
                "{\"to\":\"%s\",\"text\":\"hello\",\"ref\":\"%s\",\"deviceId\":\"%s\"}".formatted(to, ref, by.id()));
    }

    JsonNode story(String message) {
        return tenant.get("/v1/messages/" + message).expect(200).json();
    }

    int found(String path, String number) {
        return tenant.get(path + URLEncoder.encode(number, StandardCharsets.UTF_8))
                .expect(200)
                .json()
                .get("data")
                .size();
    }
}
