package com.mobileapiconnect.bridge.store;

import com.mobileapiconnect.bridge.thread.FairThreads;
import com.mobileapiconnect.bridge.thread.Threads;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The store over JDBC: migrates first, then opens its writer and its readers. */
public final class JdbcStore implements Store, AutoCloseable {

    // The value has no meaning, but must change each time.
    private static final String BEAT = """
            insert into meta (name, value) values ('heartbeat', ?)
            on conflict (name) do update set value = excluded.value""";

    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(1);

    /** Two, because at a single one a tenant's long query would hold up those of all others. */
    private static final int LEAST_FOR_TENANTS = 2;
    /** Requests are bounded where they come in. */
    private static final int NO_BOUND = Integer.MAX_VALUE;

    private final Dialect dialect;
    private final GroupCommit writer;
    private final ExecutorService readers;
    private final FairThreads inTurn;
    private final ExecutorService tidying = Threads.upTo(1, "store-tidy");
    private final JdbcClient reading;
    private final int mostReaders;
    private volatile Deferred deferred = Deferred.NOTHING;

    private JdbcStore(Dialect dialect, GroupCommit writer, StoreSettings settings, MeterRegistry metrics) {
        this.dialect = dialect;
        this.writer = writer;
        int forTenants = Math.max(LEAST_FOR_TENANTS, settings.readers());
        this.mostReaders = settings.readers() + forTenants;
        this.reading = JdbcClient.create(dialect.readers(mostReaders));
        this.readers = Threads.fixed("store-reader", settings.readers());
        this.inTurn = new FairThreads("store-lists", forTenants, NO_BOUND).measuredBy(metrics);
    }

    /** Brings the schema up to date and opens the store; closing it closes the dialect too. */
    public static JdbcStore open(Dialect dialect, StoreSettings settings, MeterRegistry metrics) {
        try {
            Connection first = dialect.openWriter();
            first.setAutoCommit(true);
            dialect.beforeMigrations(first);
            Migrations.run(dialect, first);
            dialect.migrated(first);
            first.setAutoCommit(false);
            GroupCommit writer =
                    new GroupCommit(dialect, first, settings.largestGroup(), settings.longestQueue(), metrics);
            return new JdbcStore(dialect, writer, settings, metrics);
        } catch (StoreUnavailableException e) {
            dialect.close();
            throw e;
        } catch (SQLException | FlywayException e) {
            dialect.close();
            StoreUnavailableException damage = Damage.in(e, dialect);
            throw damage != null
                    ? damage
                    : new StoreUnavailableException(
                            "Cannot open " + dialect.describe() + ": " + OpenAdvice.of(e, dialect), e);
        }
    }

    @Override
    public <T> CompletableFuture<T> write(String owner, Work<T> work) {
        return writer.submit(new Unit<>(owner, work, false));
    }

    @Override
    public <T> CompletableFuture<T> writeKnowing(String owner, Work<T> work) {
        return writer.submit(new Unit<>(owner, work, true));
    }

    @Override
    public <T> T writeNowKnowing(Work<T> work) {
        return join(writeKnowing(NOBODY, work));
    }

    @Override
    public <T> T readKnowing(Query<T> query) {
        return join(askLater(query, readers));
    }

    @Override
    public <T> T readKnowing(String owner, Query<T> query) {
        return join(askLater(query, task -> inTurn.execute(owner, task)));
    }

    @Override
    public void defer(Deferred rows) {
        deferred = rows;
        writer.defer(rows);
    }

    @Override
    public <T> CompletableFuture<T> writeSoon(Work<T> work) {
        return writer.submitSoon(new Unit<>(NOBODY, work, true));
    }

    @Override
    public void hurry() {
        writer.hurry();
    }

    @Override
    public <T> T writeNow(String owner, Work<T> work) {
        return join(write(owner, work));
    }

    @Override
    public <T> T read(Query<T> query) {
        return join(readLater(query));
    }

    @Override
    public <T> T read(String owner, Query<T> query) {
        return join(askSettled(query, task -> inTurn.execute(owner, task)));
    }

    @Override
    public <T> CompletableFuture<T> readLater(Query<T> query) {
        return askSettled(query, readers);
    }

    private <T> CompletableFuture<T> askSettled(Query<T> query, Executor threads) {
        return deferred.any() ? settled().thenCompose(done -> askLater(query, threads)) : askLater(query, threads);
    }

    /** Completes when deferred rows are written; after a while also if the store takes no writes, which it says itself. */
    private CompletableFuture<?> settled() {
        return write(tx -> true)
                .completeOnTimeout(false, LONGEST_SETTLING.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(refused -> false);
    }

    private <T> CompletableFuture<T> askLater(Query<T> query, Executor threads) {
        try {
            return CompletableFuture.supplyAsync(() -> ask(query), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new StoreUnavailableException("The store is closed", e));
        }
    }

    private <T> T ask(Query<T> query) {
        try {
            return askOnLive(query);
        } catch (DataAccessResourceFailureException e) {
            throw new StoreUnavailableException("The store does not answer", e);
        } catch (DataAccessException e) {
            StoreUnavailableException damage = Damage.in(e, dialect);
            throw damage != null ? damage : e;
        }
    }

    /** Asks again if the connection had ended while nobody used it; the pool drops such a one when it is found out. */
    private <T> T askOnLive(Query<T> query) {
        for (int ended = 0; ; ended++) {
            try {
                return query.ask(reading);
            } catch (CannotGetJdbcConnectionException e) {
                throw e;
            } catch (DataAccessException e) {
                SQLException sql = UnitRunner.sqlFailure(e);
                if (ended == mostReaders || sql == null || !dialect.hasEnded(sql)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public CompletableFuture<?> tidy() {
        try {
            return CompletableFuture.runAsync(this::tidyNow, tidying);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new StoreUnavailableException("The store is tidied already", e));
        }
    }

    private void tidyNow() {
        try {
            dialect.tidy((work, fresh) -> join(writer.between(work, fresh)));
        } catch (SQLException | IOException e) {
            throw new StoreUnavailableException("The store cannot be tidied: " + e.getMessage(), e);
        }
    }

    @Override
    public void copyTo(Path emptyFile) {
        try {
            dialect.copyTo(emptyFile);
        } catch (SQLException e) {
            throw new StoreUnavailableException("The copy cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean reclaim(Transaction tx, int pages) throws SQLException {
        return dialect.reclaim(tx.connection(), pages);
    }

    @Override
    public Optional<String> lost() {
        return writer.isAlive()
                ? Optional.ofNullable(dialect.lost())
                : Optional.of("The thread that writes to the store has died.");
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public CompletableFuture<?> beat() {
        return write(
                tx -> tx.sql().sql(BEAT).param(Long.toString(System.nanoTime())).update());
    }

    @Override
    public long sinceCommitNanos() {
        return writer.sinceCommitNanos();
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        readers.shutdown();
        inTurn.close();
        tidying.shutdownNow();
        writer.close();
        dialect.close();
    }
}
