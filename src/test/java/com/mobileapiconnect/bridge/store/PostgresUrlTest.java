package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that a URL of a database may have; its password stays private. */
class PostgresUrlTest {

    private static PostgresDialect dialect(String url) {
        return new PostgresDialect(url, new PostgresDialect.Login("", ""), Duration.ofSeconds(20), null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:s3cret%2F%40@db.example.com:5433/sms?sslmode=require",
                "postgres://me:s3cret%2F%40@db.example.com:5433/sms",
                "jdbc:postgresql://db.example.com:5433/sms?user=me&password=s3cret%2F%40"
            })
    void everyFormOfUrlIsReadAndNoneShowsItsPassword(String text) {
        PostgresUrl read = PostgresUrl.parse(text);
        assertThat(read.user()).isEqualTo("me");
        assertThat(read.password()).isEqualTo("s3cret/@");
        assertThat(read).hasToString("db.example.com:5433/sms");
        assertThat(dialect(text).describe()).isEqualTo("PostgreSQL at db.example.com:5433/sms");
    }

    @Test
    void hostsMayBeSeveralAndPortsLeftOut() {
        PostgresUrl read = PostgresUrl.parse("postgresql://one,[::1]:5433/sms");
        assertThat(read.hosts()).isEqualTo(List.of("one", "[::1]"));
        assertThat(read.ports()).isEqualTo(List.of(5432, 5433));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://me:s3cret@db/sms",
                "me:s3cret@db/sms",
                "postgresql://me:s3cret@db",
                "postgresql://me:s3cret@/sms",
                "postgresql://me:s3cret@db:port/sms",
                "postgresql://me:100%s3cret@db/sms",
                "postgresql://db/sms?password=s3cret&sslmod=require",
            })
    void aUrlThatCannotBeReadIsRefusedWithoutBeingQuoted(String text) {
        assertThatThrownBy(() -> dialect(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }
}
