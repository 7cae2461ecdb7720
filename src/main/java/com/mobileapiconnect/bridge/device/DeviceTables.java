package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Period;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns paired phones. */
@Component
class DeviceTables implements TableOwner {

    private static final String OF_TENANT = "select id from device where tenant_id = ? limit ?";
    private static final String LINKS_OF_TENANT = "select id from pairing where tenant_id = ? limit ?";
    private static final Duration TOLD_FOR = Duration.ofDays(1);

    private final Devices devices;
    private final Pairings pairings;

    DeviceTables(Devices devices, Pairings pairings) {
        this.devices = devices;
        this.pairings = pairings;
    }

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("device")
                        .kept("until it is deleted")
                        .notErased("its numbers are the tenant's own")
                        .leaves(Leaving.of(OF_TENANT, row -> row.getString(1), this::remove)),
                Table.named("pairing") // who comes late is told for a day that the link was used
                        .ages(new Ageing<String>(
                                Period.unreferenced("pairing", TOLD_FOR), Pairings::old, pairings::removeAll))
                        .notErased("holds no number")
                        .leaves(Leaving.of(LINKS_OF_TENANT, row -> row.getString(1), pairings::removeAll)));
    }

    private int remove(Transaction tx, List<String> ids) {
        ids.forEach(id -> devices.remove(tx, id));
        return ids.size();
    }
}
