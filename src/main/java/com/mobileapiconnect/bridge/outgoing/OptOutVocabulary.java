package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import org.springframework.stereotype.Component;

/** The words of all tenants, held in memory. */
@Component
class OptOutVocabulary {

    private static final OptOutWords STANDARD = TenantWords.standard("").words();

    private final Register<String, TenantWords> register;

    OptOutVocabulary(Store store) {
        this.register = new Register<>(store, new TenantWordRows());
    }

    /** Returns the words that count for a tenant. */
    OptOutWords of(String tenantId) {
        TenantWords own = register.find(tenantId);
        return own == null ? STANDARD : own.words();
    }

    /** Returns what a tenant has set. */
    TenantWords setBy(String tenantId) {
        TenantWords own = register.find(tenantId);
        return own == null ? TenantWords.standard(tenantId) : own;
    }

    /** Returns what a tenant has set, as this unit sees it. */
    TenantWords setBy(Transaction tx, String tenantId) {
        TenantWords own = register.find(tx, tenantId);
        return own == null ? TenantWords.standard(tenantId) : own;
    }

    void set(Transaction tx, TenantWords words) {
        register.change(tx, words.tenantId(), before -> words);
    }

    void remove(Transaction tx, String tenantId) {
        register.remove(tx, tenantId);
    }
}
