package com.mobileapiconnect.bridge.operations;

import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns the health of targets. */
@Component
class HealthTables implements TableOwner {

    @Override
    public List<Table> tables() {
        return List.of(Table.named("target_health").kept("for now").notErased("holds a time for each target"));
    }
}
