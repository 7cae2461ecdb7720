package com.mobileapiconnect.bridge.crash;

import com.mobileapiconnect.bridge.support.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What the bridge keeps its data in, as the suite sees it while no bridge runs. */
sealed interface Data extends AutoCloseable {

    String UNFINISHED = "select id from delivery where state = 0";
    String WRITTEN = "select id from delivery";
    String PLANS = "select plan from message where plan is not null";
    String MESSAGES = "select id from message";

    /** What the bridge must be told to use it. */
    Map<String, String> environment();

    /** The ids of all deliveries that the store has as unfinished. */
    Set<String> unfinished() throws Exception;

    /** The ids of deliveries that messages have by their plans alone. */
    private static Set<String> planned(Set<String> plans, Set<String> written) {
        return plans.stream()
                .flatMap(String::lines)
                .map(line -> line.substring(0, line.indexOf(' ')))
                .filter(id -> !written.contains(id))
                .collect(Collectors.toSet());
    }

    /** How many messages the store has. */
    int messages() throws Exception;

    /** How many rows a table has of a tenant, for each table that has a column for it. */
    Map<String, Long> rowsOf(String tenantId) throws Exception;

    /** The only number that a query finds. */
    long number(String query) throws Exception;

    /** What the database's own check of itself says; {@code ok} when it finds nothing. */
    String integrity() throws Exception;

    /** Kills the database too, where it is a process of its own; it is back when this returns. */
    default void kill() {}

    String name();

    @Override
    default void close() {}

    /** Asks for each table by one query, so that all answers are of the same moment. */
    private static String countRowsOf(String tenantId, Set<String> tables) {
        return tables.stream()
                .map(table ->
                        "select '%1$s ' || count(*) from %1$s where tenant_id = '%2$s'".formatted(table, tenantId))
                .collect(Collectors.joining(" union all "));
    }

    private static Map<String, Long> counts(Set<String> rows) {
        Map<String, Long> counts = new TreeMap<>();
        rows.forEach(row ->
                counts.put(row.substring(0, row.indexOf(' ')), Long.valueOf(row.substring(row.indexOf(' ') + 1))));
        return counts;
    }

    private static Set<String> ids(Connection connection, String query) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    /** Looked at in a copy: opening the files would mend what the next start has to mend itself. */
    record Sqlite(Path directory) implements Data {

        private static final String FILE = "bridge.db";

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public Set<String> unfinished() throws Exception {
            Set<String> unfinished = new HashSet<>(inCopy(UNFINISHED));
            unfinished.addAll(planned(inCopy(PLANS), inCopy(WRITTEN)));
            return unfinished;
        }

        @Override
        public int messages() throws Exception {
            return inCopy(MESSAGES).size();
        }

        @Override
        public String integrity() throws Exception {
            return String.join("; ", inCopy("pragma integrity_check"));
        }

        @Override
        public Map<String, Long> rowsOf(String tenantId) throws Exception {
            Set<String> tables = inCopy("select m.name from sqlite_schema m join pragma_table_info(m.name) c"
                    + " where m.type = 'table' and c.name = 'tenant_id'");
            return counts(inCopy(countRowsOf(tenantId, tables)));
        }

        @Override
        public long number(String query) throws Exception {
            return Long.parseLong(inCopy(query).iterator().next());
        }

        /** The number of each message, by its id. */
        Map<String, Long> messageNumbers() throws Exception {
            Map<String, Long> numbers = new HashMap<>();
            for (String row : inCopy("select id || ' ' || seq from message")) {
                numbers.put(row.substring(0, row.indexOf(' ')), Long.valueOf(row.substring(row.indexOf(' ') + 1)));
            }
            return numbers;
        }

        /** Copies the files there, in place of those that are there; not SQLite's shared memory, which no start keeps. */
        void copyTo(Data.Sqlite other) throws IOException {
            for (Path file : files(other.directory)) {
                Files.delete(file);
            }
            for (Path file : files(directory)) {
                if (!file.toString().endsWith("-shm")) {
                    Files.copy(file, other.directory.resolve(file.getFileName()));
                }
            }
        }

        private static List<Path> files(Path directory) throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                return files.filter(Files::isRegularFile).toList();
            }
        }

        private Set<String> inCopy(String query) throws Exception {
            if (!Files.exists(directory.resolve(FILE))) {
                return Set.of();
            }
            Path copy = Files.createTempDirectory("crash-copy");
            try {
                for (String suffix : new String[] {"", "-wal"}) {
                    Path file = directory.resolve(FILE + suffix);
                    if (Files.exists(file)) {
                        Files.copy(file, copy.resolve(FILE + suffix), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
                try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve(FILE))) {
                    return ids(connection, query);
                }
            } finally {
                delete(copy);
            }
        }

        private static void delete(Path directory) throws IOException {
            for (Path file : files(directory)) {
                Files.delete(file);
            }
            Files.delete(directory);
        }

        @Override
        public String name() {
            return "sqlite";
        }
    }

    /** A server of the suite's own. */
    record Postgres(PostgresServer server, String url) implements Data {

        static Postgres start() {
            PostgresServer server = PostgresServer.start();
            return new Postgres(server, server.emptyDatabase());
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("BRIDGE_DATABASE_URL", url, "BRIDGE_MASTER_KEY", PostgresServer.MASTER_KEY);
        }

        /** The killed bridge's session may still be at its last commit: asked when the server has let it go. */
        @Override
        public Set<String> unfinished() throws Exception {
            try (Connection connection = connect()) {
                String sessions = "select pid from pg_stat_activity where application_name = 'erp-bridge'";
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(20))
                        .atMost(Duration.ofSeconds(300))
                        .until(() -> ids(connection, sessions).isEmpty());
                Set<String> unfinished = new HashSet<>(ids(connection, UNFINISHED));
                unfinished.addAll(planned(ids(connection, PLANS), ids(connection, WRITTEN)));
                return unfinished;
            }
        }

        @Override
        public int messages() throws Exception {
            try (Connection connection = connect()) {
                return ids(connection, MESSAGES).size();
            }
        }

        @Override
        public Map<String, Long> rowsOf(String tenantId) throws Exception {
            try (Connection connection = connect()) {
                Set<String> tables = ids(
                        connection,
                        "select table_name from information_schema.columns"
                                + " where table_schema = current_schema() and column_name = 'tenant_id'");
                return counts(ids(connection, countRowsOf(tenantId, tables)));
            }
        }

        @Override
        public long number(String query) throws Exception {
            try (Connection connection = connect()) {
                return Long.parseLong(ids(connection, query).iterator().next());
            }
        }

        /** Every row of every table is read by its primary key's index and by the heap, and both must agree. */
        @Override
        public String integrity() throws Exception {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create extension if not exists amcheck");
                statement.execute("""
                        select bt_index_check(c.oid, true)
                        from pg_index i join pg_class c on c.oid = i.indexrelid
                            join pg_am a on a.oid = c.relam join pg_namespace n on n.oid = c.relnamespace
                        where a.amname = 'btree' and n.nspname = 'public'""");
                return "ok";
            } catch (SQLException e) {
                return String.valueOf(e.getMessage());
            }
        }

        private Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:" + url.replace("postgres@", "") + "?user=postgres");
        }

        @Override
        public void kill() {
            server.kill();
            server.restart();
        }

        @Override
        public String name() {
            return "postgresql";
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
