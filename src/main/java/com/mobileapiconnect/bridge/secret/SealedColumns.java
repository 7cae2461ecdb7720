package com.mobileapiconnect.bridge.secret;

import java.util.List;

/**
 * Declares the columns in which a feature keeps boxes of the vault, so that an exchange of the master key reaches all
 * of them.
 */
public interface SealedColumns {

    List<Column> sealedColumns();

    /**
     * A column of boxes, in a table whose rows are identified by {@code id}.
     *
     * @param place the box's place, with {@code %s} for that id
     */
    record Column(String table, String name, String place) {

        String place(String id) {
            return place.formatted(id);
        }
    }
}
