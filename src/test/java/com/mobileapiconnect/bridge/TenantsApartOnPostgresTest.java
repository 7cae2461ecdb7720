package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.support.PostgresServer;

/** Tenants are kept apart on PostgreSQL too. */
class TenantsApartOnPostgresTest extends TenantsApartTest {

    @Override
    String[] settings() {
        return PostgresServer.settings();
    }
}
