package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns targets. */
@Component
class TargetTables implements TableOwner {

    @Override
    public List<Table> tables() {
        return List.of(Table.named("target").kept("for now").notErased("holds what the tenant has set up"));
    }
}
