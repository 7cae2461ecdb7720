package com.mobileapiconnect.bridge.job;

import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs as rows. */
final class JobRows {

    private static final String INSERT = Job.State.sql("""
            insert into job (id, tenant_id, kind, work, done, total, state, created_at)
            values (?, ?, ?, ?, 0, ?, {OPEN}, ?)""");
    private static final String FIND = "select " + Job.COLUMNS + " from job where id = ?";
    private static final String OPEN =
            Job.State.sql("select " + Job.COLUMNS + " from job where state = {OPEN} order by id");
    private static final String COUNT_OPEN =
            Job.State.sql("select count(*) from job where tenant_id = ? and state = {OPEN}");
    private static final String MOVE = """
            update job set place = ?, done = done + ?, started_at = coalesce(started_at, ?) where id = ?""";
    private static final String NOT_BEGUN = Job.State.sql("""
            select id from job
            where tenant_id = ? and kind = ? and state = {OPEN} and started_at is null order by id limit 1""");
    private static final String END = Job.State.sql("""
            update job set state = {DONE}, work = '', result = ?, done = done + ?, total = coalesce(total, done + ?),
                started_at = coalesce(started_at, ?), ended_at = ?
            where id = ?""");
    private static final String STOP = Job.State.sql(
            "update job set state = ?, work = '', error = ?, ended_at = ? where id = ? and state = {OPEN}");
    private static final String SOME = "select " + Job.COLUMNS + " from job where ";
    private static final String NEWEST = " order by id desc limit :limit";

    private JobRows() {}

    static void insert(Transaction tx, String id, NewJob wanted, Instant now) {
        tx.sql()
                .sql(INSERT)
                .params(
                        id,
                        wanted.tenantId(),
                        wanted.kind(),
                        Job.write(wanted.work()),
                        wanted.total(),
                        now.toEpochMilli())
                .update();
    }

    static Optional<Job> find(JdbcClient sql, String id) {
        return sql.sql(FIND).param(id).query((row, n) -> Job.read(row)).optional();
    }

    /** Returns everything that has not ended, the oldest first. */
    static List<Job> open(JdbcClient sql) {
        return sql.sql(OPEN).query((row, n) -> Job.read(row)).list();
    }

    static long countOpen(JdbcClient sql, String tenantId) {
        return sql.sql(COUNT_OPEN).param(tenantId).query(Long.class).single();
    }

    static Optional<String> notBegun(JdbcClient sql, NewJob like) {
        return sql.sql(NOT_BEGUN)
                .params(like.tenantId(), like.kind())
                .query(String.class)
                .optional();
    }

    /** Stores how a step has left the job; one that only waits has not begun. */
    static void move(Transaction tx, Job job, Progress progress, Instant now) {
        long at = now.toEpochMilli();
        if (progress instanceof Progress.On on) {
            tx.sql()
                    .sql(MOVE)
                    .params(Job.write(on.place()), on.done(), at, job.id())
                    .update();
        } else if (progress instanceof Progress.End end) {
            @Nullable String result = end.result() == null ? null : Job.write(end.result());
            tx.sql()
                    .sql(END)
                    .params(result, end.done(), end.done(), at, at, job.id())
                    .update();
        }
    }

    /** Ends a job otherwise than by its last step; returns false if it has ended already. */
    static boolean stop(Transaction tx, String id, Job.State state, @Nullable String error, Instant now) {
        return tx.sql()
                        .sql(STOP)
                        .params(state.ordinal(), error, Columns.millis(now), id)
                        .update()
                > 0;
    }

    /** Returns jobs, the newest first. */
    static List<Job> page(JdbcClient sql, JobFilter filter, String before, int limit) {
        return sql.sql(SOME + filter.where() + NEWEST)
                .params(filter.params())
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> Job.read(row))
                .list();
    }
}
