package com.mobileapiconnect.bridge.support;

import com.mobileapiconnect.bridge.store.Dialect;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.store.PostgresDialect;
import com.mobileapiconnect.bridge.store.SqliteDialect;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreSettings;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The databases that a contract is held on. */
public enum Database {
    SQLITE {
        @Override
        public Dialect fresh(Path directory) {
            return new SqliteDialect(directory.resolve("bridge.db"));
        }

        @Override
        public String[] settings() {
            return new String[0];
        }

        @Override
        public List<Column> columns(Store store) {
            return asked(store, """
                    select m.name as table_name, c.name as column_name, upper(c.type) as type
                    from sqlite_schema m join pragma_table_info(m.name) c
                    where m.type = 'table' and m.name not like 'sqlite%'""");
        }

        /** The file may not grow, as on a full disk. */
        @Override
        public Outage outage(RunningBridge bridge) {
            Store store = bridge.bean(Store.class);
            long pages = store.read(
                    sql -> sql.sql("pragma page_count").query(Long.class).single());
            limit(store, pages);
            return () -> {
                try {
                    limit(store, MOST_PAGES);
                } catch (StoreUnavailableException ended) {
                    // It went with the writer's old connection.
                }
            };
        }

        private static void limit(Store store, long pages) {
            store.writeNow(tx -> tx.sql()
                    .sql("pragma max_page_count = " + pages)
                    .query(Long.class)
                    .single());
        }
    },
    POSTGRESQL {
        @Override
        public Dialect fresh(Path directory) {
            return postgres(PostgresServer.shared().freshDatabase());
        }

        @Override
        public String[] settings() {
            return PostgresServer.settings();
        }

        @Override
        public List<Column> columns(Store store) {
            return asked(store, """
                    select table_name, column_name, case data_type
                        when 'bigint' then 'INTEGER' when 'integer' then 'INTEGER' when 'double precision' then 'REAL'
                        when 'bytea' then 'BLOB' when 'text' then 'TEXT' else data_type end as type
                    from information_schema.columns where table_schema = current_schema()""");
        }

        /** As after a switch to a standby: every session ends, and the server that answers then takes no writes. */
        @Override
        public Outage outage(RunningBridge bridge) {
            PostgresServer server = PostgresServer.shared();
            String name = bridge.bean(Store.class).read(sql -> sql.sql("select current_database()")
                    .query(String.class)
                    .single());
            server.execute("alter database " + name + " set default_transaction_read_only = on");
            server.endSessions(name);
            return () -> server.execute("alter database " + name + " reset default_transaction_read_only");
        }
    };

    private static final long MOST_PAGES = 0xffff_fffeL;

    /** Those that this run is for: one by the system property {@code database.under.test}, or else all. */
    public static List<Database> wanted() {
        String only = System.getProperty("database.under.test", "");
        return Stream.of(values())
                .filter(each -> only.isEmpty() || each.name().equalsIgnoreCase(only))
                .toList();
    }

    /** On an empty database; the directory is for what needs a file. */
    public abstract Dialect fresh(Path directory);

    /** What a bridge needs to run on an empty one. */
    public abstract String[] settings();

    /** A column of the bridge's own tables; its type as SQLite names it. */
    public record Column(String table, String name, String type) {}

    /** Every column of the bridge's own tables. */
    public abstract List<Column> columns(Store store);

    static List<Column> asked(Store store, String query) {
        return store.read(
                sql -> sql
                        .sql(query)
                        .query((row, n) -> new Column(row.getString(1), row.getString(2), row.getString(3)))
                        .list()
                        .stream()
                        .filter(column -> !column.table().equals("flyway_schema_history"))
                        .toList());
    }

    /** From now on the bridge's store takes no writes, until what is returned is closed. */
    public abstract Outage outage(RunningBridge bridge);

    /** A store that takes no writes. */
    public interface Outage extends AutoCloseable {

        @Override
        void close();
    }

    public static Dialect postgres(String url) {
        return new PostgresDialect(url, new PostgresDialect.Login("", ""), Duration.ofSeconds(20), null);
    }

    /** A store on an empty database, with the usual settings. */
    public JdbcStore store(Path directory) {
        return open(fresh(directory));
    }

    /** A store on what a database holds already, with the usual settings. */
    public static JdbcStore open(Dialect dialect) {
        return JdbcStore.open(dialect, new StoreSettings(2, 256, 20_000), new SimpleMeterRegistry());
    }
}
