package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Kills in the middle of a swap of routes, at each point once: a whole version runs. */
class SwapSuiteIT {

    @Test
    void onSqliteAWholeVersionRuns() throws Exception {
        verify(SwapSuite.sqlite(Kills.timesFew(3)));
    }

    @Test
    void onPostgresqlAWholeVersionRuns() throws Exception {
        verify(SwapSuite.postgresql(Kills.timesFew(3)));
    }

    private static void verify(SwapSuite.Report report) {
        System.out.print(report.text());
        assertThat(report.good()).as(report.text()).isTrue();
        assertThat(report.kills()).containsKeys("route-begun", "route-kept", "route-taking-over");
    }
}
