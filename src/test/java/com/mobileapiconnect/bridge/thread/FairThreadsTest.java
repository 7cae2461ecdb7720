package com.mobileapiconnect.bridge.thread;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that many tenants share, some of whose work never ends. */
class FairThreadsTest {

    private static final int MOST = 8;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final FairThreads threads = new FairThreads("dns", MOST, 20).measuredBy(metrics);
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();
    private final CountDownLatch hold = new CountDownLatch(1);

    @AfterEach
    void close() {
        hold.countDown();
        threads.close();
    }

    private void hangs(String tenant) {
        threads.execute(tenant, () -> {
            begun.add(tenant);
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private double value(String meter) {
        return metrics.get("bridge.turns." + meter)
                .tag("threads", "dns")
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    @Test
    void oneTenantHoldsAQuarterAndAnotherBeginsAtOnce() {
        for (int i = 0; i < 20; i++) {
            hangs("a");
        }
        eventually(() -> assertThat(begun).containsExactly("a", "a"));
        threads.execute("b", () -> begun.add("b"));
        eventually(() -> assertThat(begun).containsExactly("a", "a", "b"));
        eventually(() -> assertThat(value("running")).isEqualTo(2)); // the thread of b may still be coming back
        assertThat(value("waiting")).isEqualTo(18);
    }

    @Test
    void theLastQuarterIsForTenantsThatHoldNone() {
        for (String tenant : List.of("a", "b", "c", "d")) {
            for (int i = 0; i < 3; i++) {
                hangs(tenant);
            }
        }
        eventually(() -> assertThat(begun).containsExactlyInAnyOrder("a", "a", "b", "b", "c", "c", "d"));
        threads.execute("e", () -> begun.add("e"));
        eventually(() -> assertThat(begun).contains("e"));
    }

    @Test
    void whatWaitsIsBegunInTurnAndATenantsOwnInItsOrder() {
        FairThreads single = new FairThreads("push", 1, 20);
        single.execute("a", () -> {
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 1; i <= 4; i++) {
            String task = "a" + i;
            single.execute("a", () -> begun.add(task));
        }
        single.execute("b", () -> begun.add("b1"));
        single.execute("b", () -> begun.add("b2"));
        single.execute("c", () -> begun.add("c1"));
        hold.countDown();
        eventually(() -> assertThat(begun).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4"));
        single.close();
    }

    @Test
    void moreThanMayWaitIsRefusedAndCountedForThatTenantAlone() {
        for (int i = 0; i < 22; i++) {
            hangs("a");
        }
        assertThatThrownBy(() -> hangs("a")).isInstanceOf(RejectedExecutionException.class);
        assertThat(value("refused")).isEqualTo(1);
        threads.execute("b", () -> begun.add("b"));
        eventually(() -> assertThat(begun).contains("b"));
    }

    @Test
    void aTaskThatFailsGivesItsThreadBack() {
        for (int i = 0; i < 20; i++) {
            threads.execute("a", () -> {
                begun.add("a");
                throw new IllegalStateException("The task fails");
            });
        }
        eventually(() -> assertThat(begun).hasSize(20));
        eventually(() -> assertThat(value("running")).isZero());
    }
}
