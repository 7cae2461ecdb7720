package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnPostgresql;
import com.mobileapiconnect.bridge.support.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The schema that the migrations of both databases come to. */
@OnPostgresql
class SchemaTest {

    /** Texts by which rows are found, and every other id or key: each with the collation it is compared by. */
    private static final String IDS_AND_KEYS = """
            select c.relname || '.' || a.attname as name, l.collname as collation
            from pg_attribute a
            join pg_class c on c.oid = a.attrelid
            join pg_collation l on l.oid = a.attcollation
            where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
                and c.relname <> 'flyway_schema_history' and a.attnum > 0 and not a.attisdropped
                and (a.attname ~ '(^|_)(id|key)$'
                    or exists (select 1 from pg_index i where i.indrelid = c.oid and a.attnum = any (i.indkey)))""";

    private static final String POSTGRESQL_INDEXES = """
            select c.relname as name, i.indisunique::int || ' ' || (
                select string_agg(a.attname, ',' order by k.place)
                from unnest(i.indkey) with ordinality k (attnum, place)
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum) as columns
            from pg_index i join pg_class c on c.oid = i.indexrelid
            where c.relnamespace = current_schema()::regnamespace
                and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
                and i.indrelid <> 'flyway_schema_history'::regclass""";
    private static final String SQLITE_INDEXES = """
            select i.name as name, i."unique" || ' ' || (
                select group_concat(c.name) from (select * from pragma_index_info(i.name) order by seqno) c) as columns
            from sqlite_schema m join pragma_index_list(m.name) i
            where m.type = 'table' and i.origin = 'c' and m.name <> 'flyway_schema_history'""";

    @TempDir
    Path directory;

    @Test
    void everyIdAndKeyIsComparedByteByByteOnPostgresql() {
        assertThat(asked(Database.POSTGRESQL, IDS_AND_KEYS))
                .containsKeys("meta.name", "message.id", "delivery.order_key", "outgoing.id", "opt_out.number_key")
                .allSatisfy((column, collation) -> assertThat(collation).isEqualTo("C"));
    }

    @Test
    void bothDatabasesHaveTheSameTablesAndColumns() {
        assertThat(columns(Database.POSTGRESQL))
                .hasSizeGreaterThan(100)
                .containsExactlyInAnyOrderElementsOf(columns(Database.SQLITE));
    }

    @Test
    void bothDatabasesHaveTheSameIndexes() {
        assertThat(asked(Database.POSTGRESQL, POSTGRESQL_INDEXES))
                .hasSizeGreaterThan(20)
                .containsExactlyInAnyOrderEntriesOf(asked(Database.SQLITE, SQLITE_INDEXES));
    }

    @Test
    void whatWasStoredBeforeIdsWereComparedByteByByteIsFoundAfterwards() {
        String url = PostgresServer.shared().emptyDatabase();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:" + url.replace("postgres@", "") + "?user=postgres");
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/postgresql")
                .target("7")
                .load()
                .migrate();
        JdbcClient sql = JdbcClient.create(source);
        for (String id : List.of("sms_1a", "sms_1B", "sms_1c")) {
            sql.sql("""
                            insert into outgoing (id, tenant_id, device_id, granted_from, recipient, recipient_key, text,
                                status, leases, pushes, due_at, expires_at, created_at, updated_at)
                            values (?, 'ten_1', 'dev_1', 0, '91', '91', 't', 0, 0, 0, 0, 0, 0, 0)""").param(id).update();
        }
        String list = "select id from outgoing where tenant_id = 'ten_1' and id < '~' order by id";
        assertThat(sql.sql(list).query(String.class).list()).isEmpty();

        try (JdbcStore store = Database.open(Database.postgres(url))) {
            List<String> ids =
                    store.read(query -> query.sql(list).query(String.class).list());
            assertThat(ids).containsExactly("sms_1B", "sms_1a", "sms_1c");
        }
    }

    private List<Database.Column> columns(Database database) {
        try (JdbcStore store = database.store(directory)) {
            return database.columns(store);
        }
    }

    /** What a migrated database answers: the first column is the key. */
    private Map<String, String> asked(Database database, String query) {
        try (JdbcStore store = database.store(directory)) {
            return store.read(sql ->
                    sql.sql(query).query((row, n) -> Map.entry(row.getString(1), row.getString(2))).list().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        }
    }
}
