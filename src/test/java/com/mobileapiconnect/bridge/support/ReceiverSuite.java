package com.mobileapiconnect.bridge.support;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tenant with a phone and a receiver for each test. */
@OnBothDatabases
public abstract class ReceiverSuite {

    protected RunningBridge bridge;
    protected Receiver receiver;
    protected Api tenant;
    protected Api phone;

    @BeforeEach
    void aTenantWithAPhone(Database database) {
        bridge = RunningBridge.shared(database);
        receiver = new Receiver();
        tenant = bridge.tenant();
        phone = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"p\"}").expect(201).at("/token"));
    }

    @AfterEach
    void leave() {
        bridge.close();
        receiver.close();
    }
}
