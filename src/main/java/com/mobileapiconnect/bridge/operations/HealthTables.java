package com.mobileapiconnect.bridge.operations;

import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Period;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns the health of targets, which goes when its target is gone. */
@Component
class HealthTables implements TableOwner {

    private final TargetHealth health;

    HealthTables(TargetHealth health) {
        this.health = health;
    }

    @Override
    public List<Table> tables() {
        return List.of(Table.named("target_health")
                .ages(new Ageing<String>(
                        Period.unreferenced("health", Duration.ZERO),
                        (sql, after, before, limit) -> health.ofGone(sql, after, limit),
                        health::forget))
                .notErased("holds a time for each target")
                .stays("ages out once its target is gone"));
    }
}
