package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import org.junit.jupiter.api.BeforeAll;

/** The contract's inbound section on PostgreSQL. */
class InboundOnPostgresTest extends InboundTest {

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(data, PostgresServer.settings());
        phone = bridge.phone();
    }
}
