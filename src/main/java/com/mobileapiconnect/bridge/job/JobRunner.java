package com.mobileapiconnect.bridge.job;

import com.mobileapiconnect.bridge.store.StepSize;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.thread.Threads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Takes the steps of jobs, tenants in turn. A step is a query and then a unit of the writer, which stores how far the
 * job has come; between two steps other units run. A step that the store refuses is tried again, and every start goes on
 * with the jobs that have not ended. A thread that never waits decides who is next.
 */
@Component
class JobRunner implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration STORE_REFUSED = Duration.ofSeconds(1);
    private static final Duration FAULT_AGAIN = Duration.ofSeconds(30);
    private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Map<String, Steps<?>> kinds;
    private final Store store;
    private final Clock clock;
    private final int atOnce;
    private final ScheduledExecutorService thread = Threads.timer("jobs");
    private final Rota rota;
    private final Set<String> known = new HashSet<>();
    private int underWay;

    JobRunner(
            List<JobKind<?>> kinds, Jobs jobs, Store store, JobSettings settings, Clock clock, MeterRegistry metrics) {
        this.kinds = kinds.stream()
                .map(kind -> new Steps<>(kind, metrics))
                .collect(Collectors.toMap(steps -> steps.kind.name(), Function.identity()));
        this.store = store;
        this.clock = clock;
        this.atOnce = settings.atOnce();
        this.rota = new Rota(settings.perTenant());
        jobs.watch(job -> onThread(() -> add(job)));
    }

    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        List<Job> open = store.read(JobRows::open);
        onThread(() -> open.forEach(this::add));
    }

    /** Returns why callers may not cancel jobs of this kind; empty if they may. */
    Optional<String> keptBecause(String kind) {
        return Optional.ofNullable(kinds.get(kind)).map(steps -> steps.kind.keptBecause());
    }

    /** Leaves the store to everybody else for as long as a step took. */
    private void afterAsLongAs(long nanos, Runnable task) {
        try {
            thread.schedule(task, Math.min(nanos, LONGEST_REST_NANOS), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.debug("Goes on after the next start");
        }
    }

    private void onThread(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closing) {
            LOG.debug("Goes on after the next start");
        }
    }

    private void add(Job job) {
        if (known.add(job.id())) {
            rota.add(job);
            next();
        }
    }

    private void next() {
        Job job;
        while (underWay < atOnce && (job = rota.next()) != null) {
            underWay++;
            step(job);
        }
    }

    /** A job after a step. */
    private record Left(Job job, Progress progress) {}

    private void step(Job job) {
        Steps<?> steps = kinds.get(job.kind());
        CompletableFuture<Optional<Left>> step;
        try {
            step = steps == null
                    ? CompletableFuture.failedFuture(new IllegalStateException("There is no kind " + job.kind()))
                    : steps.take(job);
        } catch (RuntimeException e) {
            step = CompletableFuture.failedFuture(e);
        }
        long start = System.nanoTime();
        step.whenComplete((left, failure) -> afterAsLongAs(System.nanoTime() - start, () -> {
            underWay--;
            if (failure != null) {
                failed(job, failure);
            } else if (left.isEmpty() || left.get().progress() instanceof Progress.End) {
                ended(job);
            } else if (left.get().progress() instanceof Progress.Later later) {
                rest(left.get().job(), later.pause());
            } else {
                rota.back(left.get().job());
            }
            next();
        }));
    }

    private void failed(Job job, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof StoreUnavailableException) {
            LOG.debug("Job {} waits for the store: {}", job.id(), cause.toString());
            rest(job, STORE_REFUSED);
            return;
        }
        LOG.warn("Job {} ({}) failed", job.id(), job.kind(), cause);
        if (keptBecause(job.kind()).isPresent()) {
            rest(job, FAULT_AGAIN); // half of it would be worse than late
            return;
        }
        String error = "Failed because of a fault of the bridge, which its log describes";
        store.write(Rota.key(job), tx -> JobRows.stop(tx, job.id(), Job.State.FAILED, error, clock.instant()))
                .whenComplete((stopped, refused) -> onThread(() -> {
                    if (refused == null) {
                        ended(job);
                    } else {
                        rest(job, STORE_REFUSED);
                    }
                    next();
                }));
    }

    private void ended(Job job) {
        known.remove(job.id());
        rota.gone(job);
    }

    private void rest(Job job, Duration pause) {
        rota.gone(job);
        thread.schedule(
                () -> {
                    rota.add(job);
                    next();
                },
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The steps of one kind, whose size follows how long they hold the writer. */
    private final class Steps<F> {

        private final JobKind<F> kind;
        private final StepSize size = new StepSize();
        private final Timer held;

        private Steps(JobKind<F> kind, MeterRegistry metrics) {
            this.kind = kind;
            this.held = Timer.builder("bridge.job.step")
                    .description("How long one step of a job held the writer, without its commit")
                    .tag("kind", kind.name())
                    .register(metrics);
        }

        /** Takes a step; empty if the job has ended meanwhile. */
        CompletableFuture<Optional<Left>> take(Job job) {
            return kind.prepare(job, size.get())
                    .thenCompose(found -> store.write(Rota.key(job), tx -> take(tx, job, found))
                            .thenApply(left -> {
                                left.ifPresent(any -> kind.taken(job, found));
                                return left;
                            }));
        }

        private Optional<Left> take(Transaction tx, Job job, F found) throws SQLException {
            Optional<Job> now = JobRows.find(tx.sql(), job.id()).filter(row -> row.state() == Job.State.OPEN);
            if (now.isEmpty() || !Objects.equals(now.get().place(), job.place())) {
                // Cancelled; or the store did take the last step, although it seemed not to.
                return now.map(row -> new Left(row, new Progress.Later(Duration.ZERO)));
            }
            long start = System.nanoTime();
            Progress progress = kind.take(tx, job, found);
            JobRows.move(tx, job, progress, clock.instant());
            long nanos = System.nanoTime() - start;
            size.held(nanos);
            held.record(Duration.ofNanos(nanos));
            return Optional.of(new Left(job.after(progress), progress));
        }
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
