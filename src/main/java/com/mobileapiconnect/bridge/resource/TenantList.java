package com.mobileapiconnect.bridge.resource;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The tenants that may use a resource.
 *
 * @param all whether every tenant may, also those that come later
 * @param ids those that may, where not all
 */
record TenantList(boolean all, SortedSet<String> ids) {

    static final String ALL_NAME = "all";
    static final TenantList ALL = new TenantList(true, new TreeSet<>());

    static TenantList of(Collection<String> ids) {
        return new TenantList(false, new TreeSet<>(ids));
    }

    boolean includes(String tenantId) {
        return all || ids.contains(tenantId);
    }

    /** Returns the list as JSON has it. */
    Object json() {
        return all ? ALL_NAME : ids;
    }

    /** Returns the list as a column has it. */
    String column() {
        return all ? "*" : String.join(" ", ids);
    }

    static TenantList ofColumn(String column) {
        if (column.equals("*")) {
            return ALL;
        }
        return of(column.isEmpty() ? List.of() : List.of(column.split(" ")));
    }
}
