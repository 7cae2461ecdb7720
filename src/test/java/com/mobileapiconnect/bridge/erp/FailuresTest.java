package com.mobileapiconnect.bridge.erp;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.support.OutcomesDoc;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource({
        "08006, true",
        "40001, true",
        "53300, true",
        "57014, true",
        "22001, false",
        "23502, false",
        "42703, false",
        "P0001, false",
        "45000, false",
        "44000, false",
        "XX000, true",
        ", true"
    })
    void theClassOfAnSqlStateTellsWhetherItMaySucceedLater(String state, boolean later) {
        Outcome outcome = Failures.outcome(new IllegalStateException(new SQLException("Told by the database", state)));
        assertThat(outcome).isInstanceOf(later ? Outcome.Retry.class : Outcome.Rejected.class);
        assertThat(outcome.evidence().error()).isEqualTo("Told by the database");
    }

    @Test
    void whatADatabaseQuotesOfTheRowIsNotTold() {
        SQLException failure = new SQLException(
                "ERROR: new row for relation \"t\" violates check constraint \"c\"\n"
                        + "  Detail: Failing row contains (1, SEKRET-token).",
                "23514");
        assertThat(Failures.outcome(new IllegalStateException(failure))
                        .evidence()
                        .error())
                .isEqualTo("ERROR: new row for relation \"t\" violates check constraint \"c\"");
    }

    @Test
    void whatAStepFailsWithComesToWhatThePageSays() {
        for (int i = 0; i < 36 * 36; i++) {
            String of = (Integer.toString(i / 36, 36) + Integer.toString(i % 36, 36)).toUpperCase(Locale.ROOT);
            assertThat(OutcomesDoc.words(Failures.outcome(new SQLException("said so", of + "001"))))
                    .as(of)
                    .isEqualTo(OutcomesDoc.of("A step of a route", of, "none"));
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new RecordTooLargeException("1,048,576 bytes"), Outcome.Rejected.class, ErrorClass.SYSTEM),
                Arguments.of(new NotLeaderOrFollowerException("moved"), Outcome.Retry.class, ErrorClass.ROUTE),
                Arguments.of(new UnknownHostException("erp"), Outcome.Retry.class, ErrorClass.DNS),
                Arguments.of(new ConnectException("refused"), Outcome.Retry.class, ErrorClass.CONNECT),
                Arguments.of(new SSLHandshakeException("no"), Outcome.Retry.class, ErrorClass.TLS),
                Arguments.of(new SocketTimeoutException("late"), Outcome.Retry.class, ErrorClass.TIMEOUT),
                Arguments.of(new IllegalArgumentException("whatever"), Outcome.Retry.class, ErrorClass.ROUTE));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void otherFailuresAreToldByTheirKind(Exception failure, Class<?> outcome, ErrorClass stage) {
        Outcome found = Failures.outcome(new RuntimeException(failure));
        assertThat(found).isInstanceOf(outcome);
        assertThat(found.evidence().errorClass()).isEqualTo(stage);
    }
}
