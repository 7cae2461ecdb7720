package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a SQLite database with its {@link HighWater} mark when the database is opened: a log that was cut, damaged
 * or lost is reported. After a kill all pages are looked through as well, because pages of a file have no checksums, and
 * a log that was cut may be older than the pages that were copied from it; a large file is looked through after the
 * start, which would wait for minutes.
 */
final class LossCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LossCheck.class);

    /** Prefix of the rows of {@code meta} that keep how far each table had come when its last rows were deleted. */
    static final String KEPT = "reached.";

    private static final String STORE_ID = "store-id";
    private static final String HAS_TABLE = "select 1 from sqlite_master where type = 'table' and name = ?";
    private static final String META = "select value from meta where name = ?";
    private static final String NAME_IT = """
            insert into meta (name, value) values ('store-id', ?) on conflict (name) do nothing""";
    private static final String ACCEPT = "--accept-loss";

    private final Path database;
    private final HighWater mark;
    private final boolean acceptLoss;
    private final PageCheck pages;
    private final long atOnceBytes;
    private final boolean logLeft;
    private boolean lookLater;

    /** @param atOnceBytes size up to which the start waits until the pages are looked through */
    LossCheck(Path database, HighWater mark, boolean acceptLoss, PageCheck pages, long atOnceBytes) {
        this.database = database;
        this.mark = mark;
        this.pages = pages;
        this.atOnceBytes = atOnceBytes;
        this.acceptLoss = acceptLoss;
        this.logLeft = Files.exists(database.resolveSibling(database.getFileName() + "-wal"));
    }

    /**
     * Refuses a database that has less than its mark says; called before the first migration, outside a transaction.
     */
    void beforeMigrations(Connection connection) throws SQLException {
        HighWater.Mark noted = mark.read();
        // Before anything is read: rows of damaged pages say nothing reliable about what is missing.
        if (logLeft || (noted != null && !noted.closed())) {
            lookLater = size() > atOnceBytes;
            if (!lookLater) {
                lookThrough(connection);
            }
        }
        compare(connection, noted);
    }

    /** Returns whether the pages are to be looked through while the store is in use already. */
    boolean lookLater() {
        return lookLater;
    }

    private long size() {
        try {
            return Files.size(database);
        } catch (IOException gone) {
            return 0;
        }
    }

    private void compare(Connection connection, HighWater.@Nullable Mark noted) throws SQLException {
        boolean empty = !hasTable(connection, "meta");
        if (noted == null) {
            if (empty && Files.exists(database.resolveSibling(DataDirectory.MASTER_KEY))) {
                refuse("holds no store, but a master key lies beside it: a store was here");
            }
            return;
        }
        if (empty) {
            refuse("holds no store. Missing is the whole store " + noted.storeId() + ": " + rows(noted.reached()));
            return;
        }
        String id = meta(connection, STORE_ID);
        if (!noted.storeId().equals(id)) {
            refuse("holds another store than the one that was here last (" + id + " in place of " + noted.storeId()
                    + ", which had " + rows(noted.reached()) + ")");
            return;
        }
        Map<String, Long> found = reached(connection, noted.reached());
        Map<String, Long> missing = new TreeMap<>();
        noted.reached().forEach((table, seq) -> {
            if (found.getOrDefault(table, 0L) < seq) {
                missing.put(table, seq);
            }
        });
        if (!missing.isEmpty()) {
            StringBuilder what = new StringBuilder("has lost what was acknowledged. Missing:");
            missing.forEach((table, seq) -> what.append(" rows ")
                    .append(found.getOrDefault(table, 0L) + 1)
                    .append(" to ")
                    .append(seq)
                    .append(" of ")
                    .append(table)
                    .append(" (")
                    .append(seq - found.getOrDefault(table, 0L))
                    .append(");"));
            refuse(what.substring(0, what.length() - 1));
        }
    }

    /** Refuses damaged pages, whatever is accepted: what is written into them is lost too. */
    private void lookThrough(Connection connection) throws SQLException {
        String damage = pages.damage(connection);
        if (damage != null) {
            throw new StoreUnavailableException(damage, null);
        }
    }

    private void refuse(String what) {
        String said = database + " " + what;
        if (!acceptLoss) {
            throw new StoreUnavailableException(
                    said + ". Put back " + database.getFileName() + " and " + database.getFileName()
                            + "-wal as they were, or restore a backup. To go on without what is missing, start once with "
                            + ACCEPT + ".",
                    null);
        }
        LOG.error("{}. It was started with {}: the bridge goes on without it", said, ACCEPT);
    }

    /** Makes the mark follow this store from now on; called once the schema exists. */
    void migrated(Connection connection) throws SQLException {
        try (PreparedStatement name = connection.prepareStatement(NAME_IT)) {
            name.setString(1, UUID.randomUUID().toString());
            name.executeUpdate();
        }
        String id = meta(connection, STORE_ID);
        if (id == null) {
            throw new IllegalStateException("The store has just been given an id");
        }
        mark.begin(id, reached(connection));
    }

    /** Returns the highest sequence number of each table that must never lose a row. */
    static Map<String, Long> reached(Connection connection) throws SQLException {
        return reached(connection, Map.of("message", 0L, "audit", 0L));
    }

    private static Map<String, Long> reached(Connection connection, Map<String, Long> tables) throws SQLException {
        Map<String, Long> reached = new TreeMap<>();
        for (String table : tables.keySet()) {
            if (!table.matches("[a-z_]+") || !hasTable(connection, table)) {
                continue;
            }
            try (PreparedStatement highest = connection.prepareStatement("select max(seq) from " + table);
                    ResultSet row = highest.executeQuery()) {
                long there = row.next() ? row.getLong(1) : 0;
                String kept = meta(connection, KEPT + table);
                reached.put(table, Math.max(there, kept == null ? 0 : Long.parseLong(kept)));
            }
        }
        return reached;
    }

    private static boolean hasTable(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(HAS_TABLE)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private static @Nullable String meta(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(META)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static String rows(Map<String, Long> reached) {
        StringBuilder rows = new StringBuilder();
        reached.forEach((table, seq) -> rows.append(rows.isEmpty() ? "" : ", ")
                .append(seq)
                .append(" rows of ")
                .append(table));
        return rows.toString();
    }
}
