package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import java.util.List;
import org.springframework.stereotype.Component;

/** Owns rules in all their versions. */
@Component
class RuleTables implements TableOwner {

    @Override
    public List<Table> tables() {
        return List.of(
                Table.named("rule").kept("for now").notErased("holds what the tenant wrote"),
                Table.named("rule_version")
                        .kept("one row for each tenant")
                        .notErased("holds a number for each tenant"));
    }
}
