package com.mobileapiconnect.bridge.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.OutcomesDoc;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What a database's failure comes to is what the page of outcomes says. */
class SqlOutcomeTest {

    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    @Test
    void everyClassOfStatesComesToWhatThePageSays() {
        for (char first : LETTERS.toCharArray()) {
            for (char second : LETTERS.toCharArray()) {
                String of = "" + first + second;
                assertThat(OutcomesDoc.words(SqlOutcome.of(new SQLException("said so", of + "001"))))
                        .as(of)
                        .isEqualTo(OutcomesDoc.of("SQL", of, "none"));
            }
        }
    }
}
