package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.file.Files;
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

    /** Space that a copy leaves to those who take messages meanwhile. */
    private static final long LEFT_BYTES = 16 << 20;

    private SqliteCopy() {}

    static void make(Connection source, Path emptyFile) throws SQLException {
        make(source, emptyFile, usable(emptyFile));
    }

    /** @param usable bytes that the disk of the copy has left; 0 if that is not known */
    static void make(Connection source, Path emptyFile, long usable) throws SQLException {
        long needed = bytes(source) + LEFT_BYTES;
        if (usable > 0 && usable < needed) {
            throw new StoreUnavailableException(
                    "A copy needs " + needed + " bytes of free space, and there are " + usable + " for "
                            + emptyFile + ". A disk that is full would take no message: free some, or choose"
                            + " another directory with BRIDGE_BACKUP_DIR.",
                    null);
        }
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

    private static long usable(Path file) {
        try {
            return Files.getFileStore(file).getUsableSpace();
        } catch (IOException unknown) {
            return 0;
        }
    }

    private static long bytes(Connection source) throws SQLException {
        try (Statement statement = source.createStatement()) {
            return (number(statement, "page_count") - number(statement, "freelist_count"))
                    * number(statement, "page_size");
        }
    }

    private static long number(Statement statement, String pragma) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
