package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ways by which SQLite finds SMS: none goes through all that wait, or were ever sent, to find a few. */
class OutgoingPlansTest extends SharedSqliteSuite {

    static Stream<String> takes() {
        return Stream.concat(Stream.of(OutgoingRows.LEASE), OutgoingRows.FOR_PUSH.stream());
    }

    @ParameterizedTest
    @MethodSource("takes")
    void aTakeReachesTheRowsThatItFoundByTheirIds(String take) {
        assertThat(plan(take))
                .filteredOn(step -> step.startsWith("SEARCH") || step.startsWith("SCAN"))
                .satisfiesExactly(row -> assertThat(row).contains("PRIMARY KEY (id=?)"), found -> assertThat(found)
                        .contains("outgoing_of_device (device_id=? AND held=? AND turn"));
    }

    @Test
    void refsAreFoundByTheirTime() {
        assertThat(plan(Refs.LIVE)).singleElement().asString().contains("outgoing_with_ref (ref_until>?)");
    }

    private static List<String> plan(String sql) {
        return bridge.bean(Store.class).read(reader -> steps(reader, sql));
    }

    /** Parameters have no values: a plan needs none. */
    private static List<String> steps(JdbcClient reader, String sql) {
        return reader.sql("explain query plan " + sql.replaceAll(":[a-z]+", "null"))
                .query((row, n) -> row.getString("detail"))
                .list();
    }
}
