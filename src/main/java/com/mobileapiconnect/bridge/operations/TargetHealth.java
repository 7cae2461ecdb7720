package com.mobileapiconnect.bridge.operations;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Ageing.Found;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The time since which each target has failed without a success. */
@Component
class TargetHealth {

    private static final String IDS =
            "select target_id from target_health where target_id > ? order by target_id limit ?";

    private final Store store;
    private final Targets targets;
    private final Register<String, Failing> register;
    /** Times at which targets were opened that the register does not have yet. */
    private final Map<String, Instant> opened = new ConcurrentHashMap<>();

    TargetHealth(Store store, Targets targets) {
        this.store = store;
        this.targets = targets;
        this.register = new Register<>(store, new FailingRows());
    }

    /** Notes a success; returns whether the failure before it lasted long enough for an event. */
    boolean succeeded(Transaction tx, String targetId) {
        if (register.find(tx, targetId) == null) {
            return false;
        }
        Failing was = register.remove(tx, targetId);
        return was != null && was.noted();
    }

    /** Notes a failure; returns since when the target fails. */
    Instant failed(Transaction tx, String targetId, Instant now) {
        return register.change(tx, targetId, was -> current(was, targetId, now).still(now))
                .since();
    }

    /** Notes that the target was disabled: its next success is an event, however short the failure. */
    void disabled(Transaction tx, String targetId, Instant now) {
        register.change(tx, targetId, was -> current(was, targetId, now).asNoted());
    }

    private Failing current(@Nullable Failing was, String targetId, Instant now) {
        if (was == null) {
            return new Failing(targetId, now, false);
        }
        Instant restarted = opened.get(targetId);
        return restarted == null ? was : was.from(restarted);
    }

    /** Follows a committed change of a target: opening it gives it its full time again. */
    void changed(@Nullable Target before, @Nullable Target now, Instant at) {
        if (now == null) {
            forget(before);
        } else if (before != null && !before.open() && now.open()) {
            opened(now.id(), at);
        }
    }

    /** Gives a target its full time again, because calls to it may be made from now on. */
    void opened(String targetId, Instant at) {
        if (register.find(targetId) != null) {
            restart(targetId, at);
        }
    }

    private void restart(String targetId, Instant at) {
        // Units that wait for the writer already must not judge the target by its old time.
        opened.put(targetId, at);
        store.write(tx -> {
            register.changeIfPresent(tx, targetId, was -> was.from(at));
            tx.afterCommit(() -> opened.remove(targetId, at));
            return targetId;
        });
    }

    private void forget(@Nullable Target gone) {
        if (gone != null && register.find(gone.id()) != null) {
            store.write(tx -> {
                register.remove(tx, gone.id());
                return gone;
            });
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
        targetIds.forEach(id -> register.remove(tx, id));
        return targetIds.size();
    }
}
