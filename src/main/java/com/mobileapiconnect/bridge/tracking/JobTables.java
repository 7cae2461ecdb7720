package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns the work that goes on after a crash. */
@Component
class JobTables implements TableOwner {

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("replay").kept("deleted by the step that ends it").notErased("names deliveries only"),
                Table.named("discard")
                        .kept("deleted by the step that ends it")
                        .notErased("names targets and devices only"));
    }
}
