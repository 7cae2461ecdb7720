package com.mobileapiconnect.bridge.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A copy of a SQLite database while it is written to: of one moment, without gaps, and checked. */
final class SqliteCopy {

    private SqliteCopy() {}

    static void make(Connection source, Path emptyFile) throws SQLException {
        Map<String, Long> before = LossCheck.reached(source);
        source.setAutoCommit(true);
        try (PreparedStatement copy = source.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, emptyFile.toString());
            copy.execute();
        }
        try (Connection made = DriverManager.getConnection("jdbc:sqlite:" + emptyFile);
                Statement statement = made.createStatement()) {
            try (ResultSet check = statement.executeQuery("PRAGMA integrity_check(1)")) {
                String result = check.next() ? check.getString(1) : "nothing";
                if (!"ok".equals(result)) {
                    throw new StoreUnavailableException("The copy is not whole: " + result, null);
                }
            }
            Map<String, Long> after = LossCheck.reached(made);
            before.forEach((table, seq) -> {
                if (after.getOrDefault(table, 0L) < seq) {
                    throw new StoreUnavailableException("The copy lacks the newest rows of " + table, null);
                }
            });
        }
    }
}
