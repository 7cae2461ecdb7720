package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The crash suite's short form on SQLite; the long one is {@code CrashSuite 200 sqlite}, see docs/guarantees.md. */
class CrashSuiteIT {

    @Test
    void killedAgainAndAgainItLosesNothing() throws Exception {
        verify(CrashSuite.sqlite(Kills.timesFew(6), 20));
    }

    static void verify(Report report) {
        System.out.print(report.text());
        assertThat(report.good()).as(report.text()).isTrue();
        assertThat(report.totals().acknowledged()).isGreaterThanOrEqualTo(CrashSuite.FEWEST_MESSAGES);
        assertThat(report.changes()).containsKeys("pause", "resume", "rotation", "replay");
    }
}
