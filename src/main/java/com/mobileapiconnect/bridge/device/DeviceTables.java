package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns paired phones. */
@Component
class DeviceTables implements TableOwner {

    private static final String OF_TENANT = "select id from device where tenant_id = ? limit ?";

    private final Devices devices;

    DeviceTables(Devices devices) {
        this.devices = devices;
    }

    @Override
    public List<Table> tables() {
        return List.of(Table.named("device")
                .kept("until it is deleted")
                .notErased("its numbers are the tenant's own")
                .leaves(Leaving.of(OF_TENANT, row -> row.getString(1), this::remove)));
    }

    private int remove(Transaction tx, List<String> ids) {
        ids.forEach(id -> devices.remove(tx, id));
        return ids.size();
    }
}
