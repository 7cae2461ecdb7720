package com.mobileapiconnect.bridge.webhook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Look-ups of names whose service may hang. */
class LookupsTest {

    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONG = TimeUnit.SECONDS.toNanos(20);
    private static final String A = "ten_a";
    private static final String B = "ten_b";

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch silence = new CountDownLatch(1);
    private final AtomicLong nanos = new AtomicLong();
    private final Lookups lookups = new Lookups(this::answer, nanos::get, new SimpleMeterRegistry());

    private InetAddress[] answer(String host) throws UnknownHostException {
        asked.add(host);
        if (host.startsWith("silent")) {
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else if (host.startsWith("nowhere")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByName("192.0.2.1")};
    }

    @AfterEach
    void close() {
        silence.countDown();
        lookups.destroy();
    }

    private InetAddress[] addresses(String tenantId, String name, long within) throws UnknownHostException {
        try {
            return lookups.addresses(tenantId, name, within).join();
        } catch (CompletionException e) {
            throw (UnknownHostException) e.getCause();
        }
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void callersThatAskForTheSameNameShareOneLookup() throws Exception {
        CompletableFuture<?>[] callers = new CompletableFuture<?>[10];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = CompletableFuture.runAsync(
                    () -> {
                        try {
                            addresses(A, "silent", LONG);
                        } catch (UnknownHostException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task).start());
        }
        eventually(() -> assertThat(asked).hasSize(1));
        silence.countDown();
        CompletableFuture.allOf(callers).get(60, TimeUnit.SECONDS);
        assertThat(asked).hasSize(1);
    }

    @Test
    void anAnswerIsKeptForASecondAndAFailureForFive() throws Exception {
        for (long millis : new long[] {0, 999, 1}) {
            pass(millis);
            addresses(A, "erp", LONG);
        }
        assertThat(asked).hasSize(2);
        for (long millis : new long[] {0, 4_999, 1}) {
            pass(millis);
            assertThatThrownBy(() -> addresses(A, "nowhere", LONG)).hasMessage("nowhere: the name does not resolve");
        }
        assertThat(asked).hasSize(4);
    }

    @Test
    void whatIsTooOldIsForgottenAndWhatIsNotStays() throws Exception {
        addresses(A, "erp", LONG);
        lookups.forgetOld();
        addresses(A, "erp", LONG);
        assertThat(asked).hasSize(1);
        pass(1_000);
        lookups.forgetOld();
        pass(-1_000);
        addresses(A, "erp", LONG);
        assertThat(asked).hasSize(2);
    }

    @Test
    void tenantsShareNothing() throws Exception {
        assertThatThrownBy(() -> addresses(A, "silent", SOON)).isInstanceOf(UnknownHostException.class);
        eventually(() -> assertThat(asked).hasSize(1));
        addresses(A, "erp", LONG);
        addresses(B, "erp", LONG);
        assertThat(asked).containsExactly("silent", "erp", "erp");
    }

    @Test
    void aHundredSilentNamesOfOneTenantDelayNoOtherAndOnlyThoseThatWereAskedForFail() throws Exception {
        for (int i = 0; i < 100; i++) {
            String name = "silent" + i;
            assertThatThrownBy(() -> addresses(A, name, i(name) < 16 ? SOON : 1))
                    .isInstanceOf(i < 16 ? UnknownHostException.class : NoTurnException.class);
        }
        eventually(() -> assertThat(asked).hasSize(16));
        assertThat(addresses(B, "erp", LONG)).hasSize(1);
    }

    private static int i(String name) {
        return Integer.parseInt(name.substring("silent".length()));
    }

    @Test
    void moreNamesThanMayWaitAreRefusedAtOnce() {
        for (int i = 0; i < 16 + 256; i++) {
            String name = "silent" + i;
            assertThatThrownBy(() -> addresses(A, name, 1)).isInstanceOf(UnknownHostException.class);
        }
        assertThatThrownBy(() -> addresses(A, "erp", LONG))
                .isInstanceOf(NoTurnException.class)
                .hasMessage("erp: too many other name lookups are waiting");
    }

    @Test
    void anAddressIsNoName() throws Exception {
        assertThat(addresses(A, "127.0.0.1", LONG)[0].isLoopbackAddress()).isTrue();
        assertThat(addresses(A, "::1", LONG)[0].isLoopbackAddress()).isTrue();
        assertThat(asked).isEmpty();
    }
}
