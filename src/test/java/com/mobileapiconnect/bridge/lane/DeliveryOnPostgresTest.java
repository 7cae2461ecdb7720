package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.support.PostgresServer;

/** What becomes of a delivery, on PostgreSQL. */
class DeliveryOnPostgresTest extends DeliveryTest {

    @Override
    String[] settings() {
        return PostgresServer.settings();
    }
}
