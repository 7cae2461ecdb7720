package com.mobileapiconnect.bridge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every table has one owner, who says what becomes of its rows. */
class TableOwnersTest {

    private static final String TABLES_OF_SQLITE =
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
    private static final String TABLES_OF_POSTGRESQL =
            "select table_name from information_schema.tables where table_schema = current_schema()";

    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource(Database.class)
    void everyTableOfTheSchemaHasExactlyOneOwner(Database database) {
        try (RunningBridge bridge = RunningBridge.start(data, database.settings())) {
            String tables = database == Database.SQLITE ? TABLES_OF_SQLITE : TABLES_OF_POSTGRESQL;
            List<String> schema = bridge.bean(Store.class)
                    .read(sql -> sql.sql(tables).query(String.class).list());
            schema.remove("flyway_schema_history");

            List<Table> declared = bridge.beans(TableOwner.class).stream()
                    .flatMap(owner -> owner.tables().stream())
                    .toList();
            assertThat(declared).extracting(Table::name).containsExactlyInAnyOrderElementsOf(schema);
            assertThat(declared).allSatisfy(table -> {
                assertThat(table.ageing().isEmpty())
                        .as("%s ages out, or says why not", table.name())
                        .isEqualTo(table.kept() != null);
                assertThat(table.erasing() == null)
                        .as("%s is erased, or says why not", table.name())
                        .isEqualTo(table.unerased() != null);
            });
        }
    }
}
