package com.mobileapiconnect.bridge.thread;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.JavaVersion;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * The threads that calls run on. <i>Workers</i> may wait: virtual threads where the runtime has them, else a pool that
 * grows with what waits. <i>Quick</i> threads are for what never waits: a few of them serve any number of calls. Steps
 * of integrators always run on threads of the platform: an endless loop on a virtual thread would take one of the few
 * threads that carry all others.
 */
public final class Workers {

    private static final long STACK_BYTES = 256 << 10;
    /** Threads for work beside calls, such as cancelling them. */
    private static final int SLACK = 64;

    private static final ThreadLocal<Workers> OF_THIS_THREAD = new ThreadLocal<>();

    private final Executor waiting;
    private final Executor steps;
    /** The quick threads; null if they are virtual too. */
    private final @Nullable ThreadPoolExecutor quick;

    /** Thrown when there is no thread for a work, of which nothing was begun. */
    public static final class NoneFreeException extends RejectedExecutionException {
        public NoneFreeException(RejectedExecutionException cause) {
            super(cause);
        }
    }

    /** @param most how many workers may be in calls; on Java 17 as many more may be stuck in calls that were given up */
    public Workers(int most) {
        if (JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE)) {
            waiting = new VirtualThreadTaskExecutor("deliver-");
            steps = Threads.upTo(2 * most + SLACK, "deliver-steps", STACK_BYTES);
            quick = null;
        } else {
            waiting = Threads.upTo(2 * most + SLACK, "deliver", STACK_BYTES);
            steps = waiting;
            quick = Threads.fixed(
                    "deliver-quick", Math.max(2, Runtime.getRuntime().availableProcessors()));
        }
    }

    /**
     * Runs a task that may wait.
     *
     * @throws RejectedExecutionException when there are too many
     */
    public void execute(Runnable task) {
        execute(waiting, task);
    }

    /**
     * Runs a task that may do anything to the thread that it runs on.
     *
     * @throws RejectedExecutionException when there are too many
     */
    public void executeSteps(Runnable task) {
        execute(steps, task);
    }

    private void execute(Executor threads, Runnable task) {
        threads.execute(() -> {
            OF_THIS_THREAD.set(this);
            task.run();
        });
    }

    /** Runs a task that never waits. */
    public void executeQuick(Runnable task) {
        if (quick == null) {
            execute(task);
        } else {
            quick.execute(task);
        }
    }

    /** Adds quick threads in place of those held by work that should not wait, or takes them away again. */
    public synchronized void adjustQuick(int by) {
        if (quick != null) {
            int threads = quick.getCorePoolSize() + by;
            quick.setCorePoolSize(Math.min(threads, quick.getMaximumPoolSize()));
            quick.setMaximumPoolSize(threads);
            quick.setCorePoolSize(threads);
        }
    }

    /**
     * Does work that waits: here and now if this thread is a worker, otherwise on one. Cancelling the returned future
     * interrupts the work. Without a free worker the future ends with a {@link NoneFreeException}.
     */
    public <T> CompletableFuture<T> call(Callable<T> work) {
        return OF_THIS_THREAD.get() == this ? here(work) : elsewhere(work);
    }

    /**
     * Does work that waits on another worker, also if this thread is one: for works that go on at the same time. Otherwise
     * like {@link #call}.
     */
    public <T> CompletableFuture<T> callAside(Callable<T> work) {
        return elsewhere(work);
    }

    private static <T> CompletableFuture<T> here(Callable<T> work) {
        try {
            return CompletableFuture.completedFuture(work.call());
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> CompletableFuture<T> elsewhere(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        FutureTask<T> task = new FutureTask<>(work) {
            @Override
            protected void done() {
                try {
                    result.complete(get());
                } catch (ExecutionException e) {
                    result.completeExceptionally(e.getCause());
                } catch (InterruptedException | CancellationException e) {
                    result.cancel(false);
                }
            }
        };
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                task.cancel(true);
            }
        });
        try {
            execute(task);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new NoneFreeException(e));
        }
        return result;
    }
}
