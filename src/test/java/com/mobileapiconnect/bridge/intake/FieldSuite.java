package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What the suites about captures from the field share: a tenant with a phone, and how its messages are shown. */
@OnBothDatabases
abstract class FieldSuite {

    static RunningBridge bridge;
    static Api tenant;
    static Api phone;

    @BeforeDatabase
    static void aTenantWithAPhone(Database database) {
        bridge = RunningBridge.shared(database);
        tenant = bridge.tenant();
        phone = bridge.phone();
    }

    @AfterDatabase
    static void leave() {
        bridge.close();
    }

    /** Characters are bytes; those beyond ASCII are written as {@code %FC}. */
    static byte[] bytes(String escaped) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            boolean isEscape = escaped.charAt(i) == '%';
            out.write(isEscape ? Integer.parseInt(escaped.substring(i + 1, i + 3), 16) : escaped.charAt(i));
            i += isEscape ? 2 : 0;
        }
        return out.toByteArray();
    }

    static JsonNode story(Api.Reply receipt) {
        return tenant.get("/v1/messages/" + receipt.expect(202).at("/messages/0/id"))
                .expect(200)
                .json();
    }

    static JsonNode story(String capture) {
        return story(phone.post("/v1/inbound", capture));
    }

    static List<String> flags(JsonNode story) {
        List<String> names = new ArrayList<>();
        story.get("flags").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
