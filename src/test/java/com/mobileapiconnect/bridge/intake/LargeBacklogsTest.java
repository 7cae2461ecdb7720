package com.mobileapiconnect.bridge.intake;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.door.UnansweredPhones;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Few large backlogs are taken at once, and no tenant keeps those of others out. */
class LargeBacklogsTest {

    private final ExecutorService phones = Executors.newCachedThreadPool();
    private final AtomicLong nanos = new AtomicLong();
    private final UnansweredPhones unanswered = new UnansweredPhones();
    private final LargeBacklogs backlogs = patientFor(Duration.ofMinutes(1));

    private LargeBacklogs patientFor(Duration patience) {
        return new LargeBacklogs(unanswered, patience, nanos::get);
    }

    @AfterEach
    void leave() {
        phones.shutdownNow();
    }

    @Test
    void aTenantLeavesAPlaceToOthersAndIsNotAPhoneThatNobodyAnswers() {
        backlogs.enter("a");
        backlogs.enter("a");
        assertThatThrownBy(() -> backlogs.enter("a"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("of this tenant");
        assertThat(unanswered.lately()).isFalse();
        backlogs.enter("b");
        assertThatThrownBy(() -> backlogs.enter("b")).hasMessageContaining("of this tenant");
        assertThat(unanswered.lately()).isFalse();
    }

    @Test
    void theOldestGivesWayToATenantWithoutAPlaceAndNobodyElseDoes() throws Exception {
        LargeBacklogs.Place oldest = backlogs.enter("a");
        LargeBacklogs.Place older = backlogs.enter("b");
        backlogs.enter("c");
        nanos.addAndGet(LargeBacklogs.UNDISTURBED.toNanos() + 1);
        assertThat(oldest.getAsBoolean()).as("nobody waits").isFalse();
        CompletableFuture<LargeBacklogs.Place> waits = CompletableFuture.supplyAsync(() -> backlogs.enter("d"), phones);
        eventually(() -> assertThat(oldest.getAsBoolean()).isTrue());
        assertThat(older.getAsBoolean()).as("one place is enough").isFalse();
        assertThatThrownBy(() -> backlogs.enter("b"))
                .as("one that has a place does not wait")
                .isNotNull();
        oldest.close();
        LargeBacklogs.Place place = waits.get();
        assertThat(older.getAsBoolean()).isFalse();
        place.close();
        backlogs.enter("e");
    }

    @Test
    void aBacklogHasItsPlaceForAWhileWhoeverWaits() {
        LargeBacklogs impatient = patientFor(Duration.ofMillis(1));
        LargeBacklogs.Place first = impatient.enter("a");
        impatient.enter("b");
        impatient.enter("c");
        nanos.addAndGet(LargeBacklogs.UNDISTURBED.toNanos());
        assertThatThrownBy(() -> impatient.enter("d"))
                .isInstanceOf(Problem.class)
                .hasMessage("Several large backlogs are being received at the moment.");
        assertThat(first.getAsBoolean()).isFalse();
        assertThat(unanswered.lately()).isTrue();
        first.close();
        impatient.enter("d");
    }
}
