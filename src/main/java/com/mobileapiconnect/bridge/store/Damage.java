package com.mobileapiconnect.bridge.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a database whose files are damaged from one that does not answer. */
final class Damage {

    private Damage() {}

    /** Returns what to tell the operator if damage is the cause of a failure; null if it is not. */
    static @Nullable StoreUnavailableException in(Throwable failure, Dialect dialect) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && dialect.showsDamage(sql)) {
                return new StoreUnavailableException(
                        "The database is damaged: " + dialect.describe() + " (" + firstLine(sql)
                                + "). Put back a backup,"
                                + " as docs/operations.md says; without one, keep the files for a repair and start on"
                                + " another directory with BRIDGE_DATA_DIR.",
                        failure);
            }
        }
        return null;
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
