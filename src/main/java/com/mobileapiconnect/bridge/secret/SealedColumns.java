package com.mobileapiconnect.bridge.secret;

import java.util.List;

/** Where a feature keeps boxes of the vault: declared, so that a new master key reaches every one of them. */
public interface SealedColumns {

    List<Column> sealedColumns();

    /**
     * A column of boxes, in a table whose rows are named by their {@code id}.
     *
     * @param place the box's place, with {@code %s} for that id
     */
    record Column(String table, String name, String place) {

        String place(String id) {
            return place.formatted(id);
        }
    }
}
