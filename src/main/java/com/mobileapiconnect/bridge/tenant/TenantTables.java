package com.mobileapiconnect.bridge.tenant;

import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns tenants, the keys that open doors, and the audit log. */
@Component
class TenantTables implements TableOwner {

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("tenant").kept("until the operator removes it").notErased("names a company"),
                Table.named("credential").kept("until it is deleted").notErased("holds hashes of keys"),
                Table.named("audit").kept("for now").notErased("shows of an erased number its last two digits"));
    }
}
