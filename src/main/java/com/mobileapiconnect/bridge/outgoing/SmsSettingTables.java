package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.store.Leaving;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns what tenants have set for their SMS. */
@Component
class SmsSettingTables implements TableOwner {

    private static final String OF_TENANT = "select tenant_id from sms_settings where tenant_id = ? limit ?";

    private final SmsPolicy policy;

    SmsSettingTables(SmsPolicy policy) {
        this.policy = policy;
    }

    @Override
    public List<Table> tables() {
        return List.of(Table.named("sms_settings")
                .kept("one row for each tenant")
                .notErased("holds what the tenant wrote")
                .leaves(Leaving.of(OF_TENANT, row -> row.getString(1), this::remove)));
    }

    private int remove(Transaction tx, List<String> tenants) {
        tenants.forEach(tenant -> policy.remove(tx, tenant));
        return tenants.size();
    }
}
