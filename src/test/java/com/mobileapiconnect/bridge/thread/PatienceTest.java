package com.mobileapiconnect.bridge.thread;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final AtomicLong now = new AtomicLong();
    private final Patience patience = new Patience(Duration.ofSeconds(20), "patience", now::get);
    private final CompletableFuture<String> future = new CompletableFuture<>();

    private CompletableFuture<String> waiting() {
        CompletableFuture<String> waited = new CompletableFuture<>();
        Threads.named("waits")
                .newThread(() -> {
                    try {
                        waited.complete(patience.await(future));
                    } catch (TimeoutException | ExecutionException | InterruptedException e) {
                        waited.completeExceptionally(e);
                    }
                })
                .start();
        eventually(() -> assertThat(patience.size()).isEqualTo(1));
        return waited;
    }

    @Test
    void theResultIsReturnedAndTheWaitForgotten() {
        CompletableFuture<String> waited = waiting();
        future.complete("done");
        assertThat(waited.join()).isEqualTo("done");
        eventually(() -> assertThat(patience.size()).isZero());
    }

    @Test
    void aFailureIsThatOfTheFuture() {
        CompletableFuture<String> waited = waiting();
        IllegalStateException failure = new IllegalStateException("no room");
        future.completeExceptionally(failure);
        assertThatThrownBy(waited::join).rootCause().isSameAs(failure);
    }

    @Test
    void aTimeoutOfTheFutureIsItsFailureAndNotThatOfTheWait() {
        CompletableFuture<String> waited = waiting();
        future.completeExceptionally(new TimeoutException("of its own"));
        assertThatThrownBy(waited::join).cause().isInstanceOf(ExecutionException.class);
    }

    @Test
    void theWaitEndsByItselfWhenTheTimeIsOverAndLeavesTheFutureAsItIs() {
        CompletableFuture<String> waited = waiting();
        now.set(Duration.ofSeconds(20).toNanos() - 1);
        patience.look();
        assertThat(waited).isNotDone();
        now.set(Duration.ofSeconds(20).toNanos());
        assertThatThrownBy(waited::join).cause().isInstanceOf(TimeoutException.class);
        assertThat(future).isNotDone();
    }

    @Test
    void whatIsThereInTheMomentInWhichTheTimeIsOverIsReturned() throws Exception {
        CompletableFuture<String> inTheMoment = new CompletableFuture<>() {
            private boolean asked;

            @Override
            public boolean isDone() {
                if (asked) {
                    complete("done");
                }
                asked = true;
                return super.isDone();
            }
        };
        assertThat(new Patience(Duration.ofNanos(1), "patience").await(inTheMoment))
                .isEqualTo("done");
    }

    @Test
    void aLookThatFailsIsFollowedByAnother() {
        AtomicBoolean fails = new AtomicBoolean(true);
        Patience shaken = new Patience(Duration.ofNanos(1), "patience", () -> {
            if (Thread.currentThread().getName().equals("patience") && fails.getAndSet(false)) {
                throw new IllegalStateException("no time");
            }
            return System.nanoTime();
        });
        assertThatThrownBy(() -> shaken.await(future)).isInstanceOf(TimeoutException.class);
        assertThat(fails).isFalse();
    }

    @Test
    void nobodyWaitsForWhatIsThereAlready() throws Exception {
        future.complete("done");
        assertThat(patience.await(future)).isEqualTo("done");
        assertThat(patience.size()).isZero();
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> patience.await(future)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
