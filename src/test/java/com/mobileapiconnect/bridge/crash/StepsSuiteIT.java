package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Kills in the middle of a fan-out and of a tenant's deletion: both end. */
class StepsSuiteIT {

    @Test
    void onSqliteBothEnd() throws Exception {
        verify(StepsSuite.sqlite(Kills.timesFew(2), 11));
    }

    @Test
    void onPostgresqlBothEnd() throws Exception {
        verify(StepsSuite.postgresql(Kills.timesFew(1), 13));
    }

    private static void verify(StepsSuite.Report report) {
        System.out.print(report.text());
        assertThat(report.good()).as(report.text()).isTrue();
        assertThat(report.kills().keySet())
                .anyMatch(at -> at.startsWith("fan-out"))
                .anyMatch(at -> at.startsWith("job"));
    }
}
