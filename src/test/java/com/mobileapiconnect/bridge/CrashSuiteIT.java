package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.crash.CrashSuite;
import com.mobileapiconnect.bridge.crash.DamageSuite;
import com.mobileapiconnect.bridge.crash.Report;
import com.mobileapiconnect.bridge.crash.StepsSuite;
import com.mobileapiconnect.bridge.crash.SwapSuite;
import org.junit.jupiter.api.Test;

/** The crash suite's short form; the long one is {@code CrashSuite 200 sqlite}, see docs/guarantees.md. */
class CrashSuiteIT {

    @Test
    void killedTenTimesOnSqliteItLosesNothing() throws Exception {
        verify(CrashSuite.sqlite(10, 20));
    }

    @Test
    void killedWithItsDatabaseOnPostgresqlItLosesNothing() throws Exception {
        Report report = CrashSuite.postgresql(5, 3);
        verify(report);
        assertThat(report.databaseKills()).isPositive();
    }

    /** Each kind of damage once. */
    @Test
    void killedAndItsFilesDamagedItHasAllOrSaysWhatIsMissing() throws Exception {
        DamageSuite.Report report = DamageSuite.run(7, 5, Long.MAX_VALUE);
        System.out.print(report.text());
        assertThat(report.faults()).as(report.text()).isEmpty();
        assertThat(report.ends()).hasSize(7);
        assertThat(report.acknowledged()).isGreaterThan(50);
    }

    @Test
    void killedInTheMiddleOfAFanOutAndOfATenantsDeletionOnSqliteItEndsBoth() throws Exception {
        verify(StepsSuite.sqlite(4, 11));
    }

    @Test
    void killedInTheMiddleOfAFanOutAndOfATenantsDeletionOnPostgresqlItEndsBoth() throws Exception {
        verify(StepsSuite.postgresql(2, 13));
    }

    @Test
    void killedInTheMiddleOfASwapOfRoutesOnSqliteAWholeVersionRuns() throws Exception {
        verify(SwapSuite.sqlite(6));
    }

    @Test
    void killedInTheMiddleOfASwapOfRoutesOnPostgresqlAWholeVersionRuns() throws Exception {
        verify(SwapSuite.postgresql(3));
    }

    private static void verify(SwapSuite.Report report) {
        System.out.print(report.text());
        assertThat(report.good()).as(report.text()).isTrue();
        assertThat(report.kills()).containsKeys("route-begun", "route-kept", "route-taking-over");
    }

    private static void verify(StepsSuite.Report report) {
        System.out.print(report.text());
        assertThat(report.good()).as(report.text()).isTrue();
        assertThat(report.kills().keySet())
                .anyMatch(at -> at.startsWith("fan-out"))
                .anyMatch(at -> at.startsWith("job"));
    }

    private static void verify(Report report) {
        System.out.print(report.text());
        assertThat(report.good()).as(report.text()).isTrue();
        assertThat(report.totals().acknowledged()).isGreaterThan(50);
        assertThat(report.changes()).containsKeys("pause", "resume", "rotation", "replay");
    }
}
