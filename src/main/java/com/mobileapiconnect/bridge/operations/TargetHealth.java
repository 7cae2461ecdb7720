package com.mobileapiconnect.bridge.operations;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Ageing.Found;
import com.mobileapiconnect.bridge.store.Columns;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The time since which each target has failed without a success, stored after a minute: occasional failures cost no
 * write.
 */
@Component
class TargetHealth {

    private static final Duration NOTED_AFTER = Duration.ofMinutes(1);

    private static final String ALL = "select target_id, failing_since from target_health";
    private static final String NOTE = """
            insert into target_health (target_id, failing_since) values (?, ?)
            on conflict (target_id) do update set failing_since = excluded.failing_since""";
    private static final String CLEAR = "delete from target_health where target_id = ?";

    private static final String IDS =
            "select target_id from target_health where target_id > ? order by target_id limit ?";

    private final Store store;
    private final Targets targets;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    /**
     * @param noted whether the time is stored
     * @param held whether the target is closed; the time restarts when the target opens
     */
    private record Failing(Instant since, boolean noted, boolean held) {}

    TargetHealth(Store store, Targets targets) {
        this.store = store;
        this.targets = targets;
        store.read(sql -> sql.sql(ALL)
                        .query((row, n) -> Map.entry(row.getString(1), Columns.time(row, "failing_since")))
                        .list())
                .forEach(row -> failing.put(
                        row.getKey(),
                        new Failing(
                                row.getValue(),
                                true,
                                targets.find(row.getKey())
                                        .filter(t -> !t.open())
                                        .isPresent())));
    }

    /** Returns whether the failure lasted long enough for an event. */
    boolean succeeded(Transaction tx, String targetId) throws SQLException {
        if (failing.isEmpty()) {
            return false;
        }
        Failing was = failing.remove(targetId);
        if (was == null || !was.noted()) {
            return false;
        }
        PreparedStatement clear = tx.prepared(CLEAR);
        clear.setString(1, targetId);
        clear.executeUpdate();
        return true;
    }

    /** Returns since when. */
    Instant failed(Transaction tx, String targetId, Instant now) throws SQLException {
        Failing so = failing.computeIfAbsent(targetId, id -> new Failing(now, false, false));
        if (!so.noted() && !now.isBefore(so.since().plus(NOTED_AFTER))) {
            note(tx, targetId, so.since());
        }
        return so.since();
    }

    /** Notes that the target was disabled: its next success is an event, however short the failure. */
    void disabled(Transaction tx, String targetId, Instant now) throws SQLException {
        note(tx, targetId, failed(tx, targetId, now));
    }

    private void note(Transaction tx, String targetId, Instant since) throws SQLException {
        PreparedStatement note = tx.prepared(NOTE);
        note.setString(1, targetId);
        note.setLong(2, since.toEpochMilli());
        note.executeUpdate();
        failing.put(targetId, new Failing(since, true, false));
    }

    /** Follows a change of the target's settings or state: resuming a target gives it its full time again. */
    void changed(Target target, Instant now) {
        Failing so = failing.get(target.id());
        if (so == null || so.held() == !target.open()) {
            return;
        }
        if (!target.open()) {
            failing.put(target.id(), new Failing(so.since(), so.noted(), true));
        } else if (so.noted()) {
            failing.put(target.id(), new Failing(now, true, false));
            store.write(tx -> {
                note(tx, target.id(), now);
                return target;
            });
        } else {
            failing.remove(target.id());
        }
    }

    /** Finds the rows of targets that no longer exist. */
    Found<String> ofGone(JdbcClient sql, @Nullable String after, int limit) {
        List<String> page = sql.sql(IDS)
                .params(after == null ? "" : after, limit)
                .query((row, n) -> row.getString(1))
                .list();
        return new Found<>(
                page.stream().filter(id -> targets.find(id).isEmpty()).toList(),
                page.isEmpty() ? null : page.get(page.size() - 1));
    }

    int forget(Transaction tx, List<String> targetIds) {
        targetIds.forEach(id -> tx.sql().sql(CLEAR).param(id).update());
        tx.afterCommit(() -> targetIds.forEach(failing::remove));
        return targetIds.size();
    }
}
