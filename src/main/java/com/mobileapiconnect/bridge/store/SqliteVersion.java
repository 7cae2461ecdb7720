package com.mobileapiconnect.bridge.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The oldest SQLite that the store may stand on: older ones can lose commits when a checkpoint meets a log's restart. */
final class SqliteVersion {

    private static final int[] OLDEST = {3, 51, 3};

    private SqliteVersion() {}

    static void require(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select sqlite_version()")) {
            row.next();
            String version = row.getString(1);
            if (!recent(version)) {
                throw new StoreUnavailableException(
                        "SQLite " + version
                                + " can lose data that was committed (mended in 3.51.3). The bridge brings a"
                                + " newer one: take older copies of sqlite-jdbc off the class path.",
                        null);
            }
        }
    }

    static boolean recent(String version) {
        String[] parts = version.split("\\.");
        for (int i = 0; i < OLDEST.length; i++) {
            int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
            if (part != OLDEST[i]) {
                return part > OLDEST[i];
            }
        }
        return true;
    }
}
