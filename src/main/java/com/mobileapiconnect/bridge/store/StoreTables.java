package com.mobileapiconnect.bridge.store;

import java.util.List;
import org.springframework.stereotype.Component;

/** Owns the few facts about the store itself. */
@Component
class StoreTables implements TableOwner {

    @Override
    public List<Table> tables() {
        return List.of(Table.named("meta")
                .sharedWith("delivery", "secret", "stats", "tenant")
                .kept("a few names that are written over")
                .notErased("holds no number")
                .stays("says nothing about a tenant"));
    }
}
