package com.mobileapiconnect.bridge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Table;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every table has one owner, who says what becomes of its rows. */
@OnBothDatabases
class TableOwnersTest {

    @TempDir
    Path data;

    @Test
    void everyTableOfTheSchemaHasExactlyOneOwner(Database database) {
        try (RunningBridge bridge = RunningBridge.start(data, database)) {
            Set<String> schema = database.columns(bridge.bean(Store.class)).stream()
                    .map(Database.Column::table)
                    .collect(Collectors.toSet());

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
