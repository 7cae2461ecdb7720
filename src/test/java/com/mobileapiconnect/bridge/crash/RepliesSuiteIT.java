package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Kills between a system's answer and its outcome: the customer gets one SMS of it, never two and never none. */
class RepliesSuiteIT {

    private static final FaultPoint[] POINTS = {
        FaultPoint.AFTER_2XX, FaultPoint.BEFORE_OUTCOME, FaultPoint.OUTCOME_WRITTEN, FaultPoint.OUTCOME_COMMITTED
    };

    @Test
    void onSqliteEachAnswerIsOneSms() throws Exception {
        verify(RepliesSuite.sqlite(POINTS));
    }

    @Test
    void onPostgresqlEachAnswerIsOneSms() throws Exception {
        verify(RepliesSuite.postgresql(FaultPoint.BEFORE_OUTCOME, FaultPoint.OUTCOME_WRITTEN));
    }

    private static void verify(RepliesSuite.Report report) {
        System.out.println(report);
        assertThat(report.sms())
                .isEqualTo(report.messages().stream().collect(Collectors.toMap(text -> "for " + text, text -> 1)));
        assertThat(report.reached()).as("points at which it was killed").hasSizeGreaterThan(1);
        assertThat(report.asked())
                .as("a kill made the system be asked again")
                .isGreaterThan(report.messages().size());
    }
}
