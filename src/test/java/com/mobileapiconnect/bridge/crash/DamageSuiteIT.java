package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each kind of damage once. */
class DamageSuiteIT {

    @Test
    void killedAndItsFilesDamagedItHasAllOrSaysWhatIsMissing() throws Exception {
        int kinds = FileDamage.values().length;
        DamageSuite.Report report = DamageSuite.run(Kills.timesFew(kinds), 5, Long.MAX_VALUE);
        System.out.print(report.text());
        assertThat(report.faults()).as(report.text()).isEmpty();
        assertThat(report.ends()).hasSizeGreaterThanOrEqualTo(kinds);
        assertThat(report.acknowledged()).isGreaterThan(50);
    }
}
