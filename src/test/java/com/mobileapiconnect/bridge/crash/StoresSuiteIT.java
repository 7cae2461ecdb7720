package com.mobileapiconnect.bridge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Kills while the bridge writes into a table and a topic: each message is in both, and in the table once. */
class StoresSuiteIT {

    @Test
    void eachMessageIsInTheTableOnceAndInTheTopic() throws Exception {
        StoresSuite.Report report = StoresSuite.run(Kills.timesFew(4), 17);
        System.out.print(report.text());
        assertThat(report.good()).as(report.text()).isTrue();
    }
}
