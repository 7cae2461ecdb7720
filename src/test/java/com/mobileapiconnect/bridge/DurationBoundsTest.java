package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A duration that cannot be meant stops the start, with one line that names the variable. */
class DurationBoundsTest {

    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource({
        "bridge.retention.messages, PT0S, BRIDGE_RETENTION_MESSAGES=PT0S must be longer than zero",
        "bridge.retention.outgoing, -P1D, BRIDGE_RETENTION_OUTGOING=-P1D must be longer than zero",
        "bridge.retention.audit, 400, BRIDGE_RETENTION_AUDIT=400 needs a unit",
        "bridge.retention.every, 0, BRIDGE_RETENTION_EVERY=0 needs a unit",
        "bridge.retention.bodies, P99999999D, BRIDGE_RETENTION_BODIES=P99999999D must be no longer than a century",
        "bridge.reply.sweep-every, 0s, BRIDGE_REPLY_SWEEP_EVERY=0s must be longer than zero",
        "bridge.outbox.sweep-every, -1s, BRIDGE_OUTBOX_SWEEP_EVERY=-1s must be longer than zero",
    })
    void isRefused(String name, String value, String line) {
        Throwable failure = catchThrowable(
                () -> RunningBridge.start(data, name + "=" + value).close());

        FailureAnalysis told = new StartFailure().analyze(failure);
        assertThat(told).isNotNull();
        assertThat(told.getDescription()).startsWith(line).hasLineCount(1);
    }
}
