package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Dialect;
import com.mobileapiconnect.bridge.store.SqliteDialect;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteDataSource;

/** A database of the version before plans and first attempts in deliveries' rows. */
@OnBothDatabases
class EarlierVersionTest {

    private static final List<String> ROWS = List.of("""
            insert into message (id, tenant_id, tenant_name, device_id, sender, sender_key, text, received_at,
                accepted_at, flags)
            values ('msg_1', 'ten_1', 'Acme', 'dev_1', '+1', '1', 't', 1, 1, 0)""", """
            insert into delivery (id, message_seq, tenant_id, target_id, action_id, state, attempts, granted_from,
                next_at, created_at, finished_at)
            select id, 1, 'ten_1', target, '', state, attempts, 0, 1, 1, null
            from (select 'dlv_done' as id, 'con_1' as target, 1 as state, 1 as attempts
                  union all select 'dlv_open', 'con_2', 0, 0 union all select 'dlv_again', 'con_3', 0, 1) d""", """
            insert into attempt (delivery_id, n, at, duration_ms, success, http_status)
            values ('dlv_done', 1, 2, 3, 1, 200), ('dlv_again', 1, 2, 3, 0, 503)""");

    @Test
    void itsDeliveriesKeepTheirIdsStatesAndAttempts(Database database, @TempDir Path directory) {
        try (StoredDeliveries stored =
                new StoredDeliveries(Database.open(database == Database.SQLITE ? sqlite(directory) : postgresql()))) {
            assertThat(stored.due("con_2", false, StoredDeliveries.NOW, 10))
                    .extracting(Delivery::id)
                    .containsExactly("dlv_open");
            assertThat(stored.due("con_3", false, StoredDeliveries.NOW, 10))
                    .extracting(Delivery::id)
                    .containsExactly("dlv_again");
            assertThat(stored.backlog.targets()).containsExactlyInAnyOrder("con_2", "con_3");
            assertThat(stored.store.<Boolean>read(sql -> EarlierAttempts.mayHaveArrived(sql, "dlv_again")))
                    .as("its last answer was 503")
                    .isTrue();
            assertThat(stored.number("select count(*) from" + AttemptRows.ALL)).isEqualTo(2);
            assertThat(stored.store.<Integer>writeNow(
                            tx -> stored.deliveries.remove(tx, List.of("dlv_done", "dlv_open", "dlv_again"))))
                    .isEqualTo(2);
        }
    }

    private static Dialect sqlite(Path directory) {
        Path file = directory.resolve("bridge.db");
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        make(source, "sqlite");
        return new SqliteDialect(file);
    }

    private static Dialect postgresql() {
        String url = PostgresServer.shared().emptyDatabase();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:" + url.replace("postgres@", "") + "?user=postgres");
        make(source, "postgresql");
        return Database.postgres(url);
    }

    private static void make(DataSource source, String migrations) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/" + migrations)
                .target("37")
                .load()
                .migrate();
        JdbcClient sql = JdbcClient.create(source);
        ROWS.forEach(rows -> sql.sql(rows).update());
    }
}
