package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The crash suite's short form on PostgreSQL. */
class CrashSuiteOnPostgresqlIT {

    @Test
    void killedWithItsDatabaseItLosesNothing() throws Exception {
        Report report = CrashSuite.postgresql(Kills.timesFew(3), 3);
        CrashSuiteIT.verify(report);
        assertThat(report.databaseKills()).isPositive();
    }
}
