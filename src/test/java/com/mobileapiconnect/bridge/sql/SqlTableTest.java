package com.mobileapiconnect.bridge.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement is made of the table's own names, as each database wants them written, and of nothing else. */
class SqlTableTest {

    private static SqlColumn column(String name) {
        return new SqlColumn(name, Types.VARCHAR, "varchar", 40, true);
    }

    private static SqlTable table(List<String> path, String quote, String... columns) {
        return new SqlTable(
                path,
                quote,
                List.of(columns).stream().map(SqlTableTest::column).toList(),
                List.of(List.of(columns[0])));
    }

    /** PostgreSQL, SQL Server, Oracle and SQLite quote alike; MariaDB has quotes of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            PostgreSQL | public | sms | id | text | " |             | insert into "public"."sms" ("id", "text") values (?, ?)
            SQL Server | dbo    | Sms | Id | Text | " |             | insert into "dbo"."Sms" ("Id", "Text") values (?, ?)
            Oracle     | ERP    | SMS | ID | TEXT | " | ~ from dual~ | insert into "ERP"."SMS" ("ID", "TEXT") values (?, ?)
            MariaDB    | erp    | sms | id | text | ` | ~ from dual~ | insert into `erp`.`sms` (`id`, `text`) values (?, ?)
            """)
    void theStatementsOfEachDatabase(
            String database,
            String schema,
            String name,
            String key,
            String field,
            String quote,
            String dual,
            String insert) {
        SqlTable table = table(List.of(schema, name), quote, key, field);
        List<SqlColumn> columns = List.of(column(key), column(field));
        String names = insert.substring(insert.indexOf('('), insert.indexOf(" values"));
        String place = insert.substring("insert into ".length(), insert.indexOf(" ("));
        assertThat(table.insert(columns)).as(database).isEqualTo(insert);
        assertThat(table.find(column(key)))
                .isEqualTo("select 1 from " + place + " where " + quote + key + quote + " = ?");
        assertThat(table.insertNothing(columns, dual == null ? "" : dual))
                .isEqualTo("insert into " + place + " " + names + " select null, null" + (dual == null ? "" : dual)
                        + " where 1 = 0");
    }

    @Test
    void aNameIsNeverMoreThanAName() {
        SqlTable table = table(List.of("a\"; drop table x --"), "\"", "id\") values ('1') --");
        assertThat(table.insert(List.of(column("id\") values ('1') --"))))
                .isEqualTo("insert into \"a\"\"; drop table x --\" (\"id\"\") values ('1') --\") values (?)");
        SqlTable bare = table(List.of("sms"), " ", "id", "odd name");
        assertThat(bare.find(column("id"))).isEqualTo("select 1 from sms where id = ?");
        assertThatThrownBy(() -> bare.insert(List.of(column("odd name"))))
                .hasMessageContaining("no way to quote the name odd name");
    }

    @Test
    void aColumnIsFoundButForCapitalsIfOneIsMeant() {
        SqlTable table = table(List.of("SMS"), "\"", "ID", "Text", "TEXT");
        assertThat(table.column("id")).isEqualTo(column("ID"));
        assertThat(table.column("Text")).isEqualTo(column("Text"));
        assertThat(table.column("text")).isNull();
        assertThat(table.isUnique(column("ID"))).isTrue();
        assertThat(table.isUnique(column("Text"))).isFalse();
    }
}
