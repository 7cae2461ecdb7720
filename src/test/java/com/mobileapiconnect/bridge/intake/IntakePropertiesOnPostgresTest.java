package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.support.PostgresServer;

/** The same of every body on PostgreSQL. */
class IntakePropertiesOnPostgresTest extends IntakePropertiesTest {

    @Override
    String[] settings() {
        return PostgresServer.settings();
    }
}
