package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tenant with a phone for each test, on a bridge that looks for what is due ten times a second. */
@OnBothDatabases
abstract class SmsSuite {

    RunningBridge bridge;
    Api tenant;
    Api phone;

    @BeforeEach
    void pair(Database database) {
        bridge = RunningBridge.shared(database, "bridge.reply.sweep-every=PT0.1S");
        tenant = bridge.tenant();
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"Front desk\"}")
                .expect(201)
                .at("/token"));
    }

    @AfterEach
    void leave() {
        bridge.close();
    }
}
