package com.mobileapiconnect.bridge.delivery;

import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.thread.Threads;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Work that is too much for one unit, done in steps with a commit each, between which other units run. The position is
 * kept in the store, so the next start continues from there.
 */
@Component
public class Steps implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);
    private static final long TRY_AGAIN_SECONDS = 1;

    private final ScheduledExecutorService timer = Threads.timer("outbox-steps");

    /**
     * Walks from one place to the next until there is none. A step that the store refuses is tried again a second
     * later, as long as the bridge runs; any other failure ends the walk until the next start.
     *
     * @param what name of the work, for the log
     * @param step must not wait
     * @return completes after the last step
     */
    public <T> CompletableFuture<Void> take(String what, T first, Function<T, CompletableFuture<Optional<T>>> step) {
        Walk<T> walk = new Walk<>(what, step, new CompletableFuture<>());
        go(walk, first);
        return walk.done;
    }

    private record Walk<T>(
            String what, Function<T, CompletableFuture<Optional<T>>> step, CompletableFuture<Void> done) {}

    private <T> void go(Walk<T> walk, T place) {
        CompletableFuture<Optional<T>> taken;
        try {
            taken = walk.step.apply(place);
        } catch (RuntimeException e) {
            taken = CompletableFuture.failedFuture(e);
        }
        taken.whenComplete((next, failure) -> {
            if (failure != null) {
                failed(walk, place, failure);
            } else if (next.isPresent()) {
                go(walk, next.get());
            } else {
                walk.done.complete(null);
            }
        });
    }

    private <T> void failed(Walk<T> walk, T place, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof StoreUnavailableException)) {
            LOG.warn("{} stops here and continues after the next start", walk.what, cause);
            walk.done.completeExceptionally(cause);
            return;
        }
        LOG.debug("{} waits for the store: {}", walk.what, cause.toString());
        try {
            timer.schedule(() -> go(walk, place), TRY_AGAIN_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closing) {
            walk.done.completeExceptionally(cause);
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
