package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.support.PostgresServer;

/** The contract's inbound section on PostgreSQL. */
class InboundOnPostgresTest extends InboundTest {

    private final String[] settings = PostgresServer.settings();
    private final String database = settings[0].substring(settings[0].lastIndexOf('/') + 1);

    @Override
    String[] settings() {
        return settings;
    }

    /** As after a switch to a standby: every session ends, and the server that answers then takes no writes. */
    @Override
    void letNothingBeStored() {
        PostgresServer server = PostgresServer.shared();
        server.execute("alter database " + database + " set default_transaction_read_only = on");
        server.execute(
                "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '" + database + "'");
    }

    @Override
    void letAllBeStored() {
        PostgresServer.shared().execute("alter database " + database + " reset default_transaction_read_only");
    }
}
