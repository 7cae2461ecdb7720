package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns paired phones. */
@Component
class DeviceTables implements TableOwner {

    @Override
    public List<Table> tables() {
        return List.of(Table.named("device").kept("until it is deleted").notErased("its numbers are the tenant's own"));
    }
}
