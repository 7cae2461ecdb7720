package com.mobileapiconnect.bridge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.delivery.StoredDeliveries;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.store.Work;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time since which a target fails follows the store: what is rolled back never happened. */
@OnBothDatabases
class TargetHealthTest {

    private static final Instant FIRST = Instant.parse("2026-06-12T10:00:00Z");
    private static final Instant LATER = FIRST.plus(Duration.ofHours(1));

    @TempDir
    Path directory;

    private StoredDeliveries stored;
    private TargetHealth health;

    @BeforeEach
    void open(Database database) {
        stored = new StoredDeliveries(database, directory);
        health = new TargetHealth(stored.store, stored.targets);
    }

    @AfterEach
    void close() {
        stored.close();
    }

    private Instant failed(Instant at) {
        return stored.store.writeNow(tx -> health.failed(tx, "con_1", at));
    }

    private boolean succeeded() {
        return stored.store.writeNow(tx -> health.succeeded(tx, "con_1"));
    }

    private static Target target(Target.Status status) {
        return SampleTarget.connection(
                "con_1", "ten_1", RedeliveryPolicy.DEFAULT, new Target.Pace(8, null, false), status);
    }

    private void rolledBack(Work<?> work) {
        assertThatThrownBy(() -> stored.store.writeNow(tx -> {
                    work.in(tx);
                    throw new IllegalStateException("changed its mind");
                }))
                .hasMessage("changed its mind");
    }

    private long rows() {
        return stored.number("select count(*) from target_health");
    }

    @Test
    void aTargetFailsSinceItsFirstFailureThatWasCommitted() {
        rolledBack(tx -> health.failed(tx, "con_1", FIRST));

        assertThat(failed(LATER)).isEqualTo(LATER);
        assertThat(failed(LATER.plusSeconds(1))).isEqualTo(LATER);
    }

    @Test
    void aSuccessThatWasRolledBackLeavesTheTargetFailing() {
        failed(FIRST);
        failed(LATER);
        assertThat(rows()).isEqualTo(1);

        rolledBack(tx -> health.succeeded(tx, "con_1"));

        assertThat(failed(LATER.plusSeconds(1))).isEqualTo(FIRST);
        assertThat(succeeded()).isTrue();
        assertThat(rows()).isZero();
        assertThat(succeeded()).isFalse();
    }

    @Test
    void aFailureIsStoredOnlyWhenItHasLastedAMinute() {
        failed(FIRST);
        assertThat(failed(FIRST.plusSeconds(59))).isEqualTo(FIRST);
        assertThat(rows()).isZero();

        rolledBack(tx -> health.failed(tx, "con_1", LATER));
        assertThat(rows()).isZero();

        assertThat(failed(LATER)).isEqualTo(FIRST);
        assertThat(rows()).isEqualTo(1);
        TargetHealth afterARestart = new TargetHealth(stored.store, stored.targets);
        assertThat(stored.store.<Instant>writeNow(tx -> afterARestart.failed(tx, "con_1", LATER)))
                .isEqualTo(FIRST);
    }

    @Test
    void openingATargetGivesItItsFullTimeAgain() {
        failed(FIRST);
        failed(LATER);
        Instant resumed = LATER.plus(Duration.ofHours(1));

        health.changed(target(Target.Status.PAUSED), target(Target.Status.ACTIVE), resumed);

        assertThat(failed(resumed.plusSeconds(5))).isEqualTo(resumed);
        TargetHealth afterARestart = new TargetHealth(stored.store, stored.targets);
        assertThat(stored.store.<Instant>writeNow(tx -> afterARestart.failed(tx, "con_1", LATER)))
                .isEqualTo(resumed);
    }

    @Test
    void aDeletedTargetIsForgotten() {
        failed(FIRST);
        failed(LATER);

        health.changed(target(Target.Status.ACTIVE), null, LATER);

        assertThat(failed(LATER.plusSeconds(5))).isEqualTo(LATER.plusSeconds(5));
        assertThat(rows()).isZero();
    }
}
