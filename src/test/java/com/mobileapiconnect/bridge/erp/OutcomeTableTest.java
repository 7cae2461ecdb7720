package com.mobileapiconnect.bridge.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.OutcomesDoc;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTableTest {

    private static final OutcomeTable TABLE = OutcomeTable.of("""
            409 DuplicateEntryError done
            409 NameError           rejected
            500 psycopg2.errors.*   rejected
            200 AccessDenied        login
            200 -                   done
            200 *                   rejected
            503 *                   unknown
            """);

    @ParameterizedTest
    @CsvSource({
        "200, , DONE",
        "201, , DONE",
        "299, , DONE",
        "100, , RETRY",
        "302, , RETRY",
        "400, , REJECTED",
        "401, , LOGIN",
        "403, , REJECTED",
        "404, , REJECTED",
        "408, , RETRY",
        "409, , REJECTED",
        "413, , REJECTED",
        "425, , RETRY",
        "429, , RETRY",
        "500, , RETRY",
        "503, anything, RETRY"
    })
    void theUsualRows(int status, String error, Verdict verdict) {
        assertThat(OutcomeTable.USUAL.verdict(status, error)).isEqualTo(verdict);
    }

    @Test
    void theUsualRowsAreThoseOfThePage() {
        for (int status = 100; status < 600; status++) {
            SystemAnswer answer = new SystemAnswer(status, "said so", "");
            assertThat(OutcomesDoc.words(
                            OutcomeTable.USUAL.verdict(status, null).outcome(answer)))
                    .as("%d", status)
                    .isEqualTo(OutcomesDoc.of("HTTP", "" + status, "none"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "409, DuplicateEntryError, DONE",
        "409, NameError, REJECTED",
        "409, , REJECTED",
        "500, psycopg2.errors.InvalidTextRepresentation, REJECTED",
        "500, MemoryError, RETRY",
        "200, , DONE",
        "200, AccessDenied, LOGIN",
        "200, UserError, REJECTED",
        "503, , UNKNOWN",
    })
    void theRowsOfASystemGoFirst(int status, String error, Verdict verdict) {
        assertThat(TABLE.verdict(status, error)).isEqualTo(verdict);
    }

    @Test
    void statusesThatAConnectionTakesForDoneGoBeforeAll() {
        assertThat(TABLE.andDone(List.of(409)).verdict(409, "NameError")).isEqualTo(Verdict.DONE);
    }

    @Test
    void aRowThatCannotBeReadIsQuoted() {
        assertThatThrownBy(() -> OutcomeTable.of("4x NameError done")).hasMessageContaining("4x NameError done");
        assertThatThrownBy(() -> OutcomeTable.of("409 NameError perhaps")).hasMessageContaining("perhaps");
    }
}
