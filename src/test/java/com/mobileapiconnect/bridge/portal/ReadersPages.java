package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The pages of a tenant of its own for each test, without a browser. All suites share one bridge. */
abstract class ReadersPages {

    private static RunningBridge bridge;

    Api tenant;
    String key;
    Browser browser;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.shared(Database.SQLITE);
    }

    @BeforeEach
    void tenant() {
        tenant = bridge.newTenant().api();
        key = newKey("{}");
        browser = new Browser(bridge);
    }

    static RunningBridge bridge() {
        return bridge;
    }

    String newKey(String fields) {
        return tenant.post("/v1/keys", fields).expect(201).at("/key");
    }

    static String sms(Api tenant, String from, String text) {
        String token =
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token");
        return PortalSuite.sms(tenant.as(token), from, text);
    }
}
