package com.mobileapiconnect.bridge.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.resource.SqlFault.Kind;
import java.net.UnknownHostException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a database says is told apart by its SQLState, or by its own number where that says too little. */
class SqlFaultTest {

    private static Kind of(SQLException failure) {
        return SqlFault.of(failure).kind();
    }

    @ParameterizedTest
    @CsvSource({
        "22001, VALUE",
        "22P02, VALUE",
        "23505, CONSTRAINT",
        "42703, STATEMENT",
        "42501, STATEMENT",
        "3D000, STATEMENT",
        "28P01, LOGIN",
        "08006, CONNECT",
        "40001, BUSY",
        "40P01, BUSY",
        "53300, BUSY",
        "55P03, BUSY",
        "57014, BUSY",
        "P0001, CONSTRAINT",
        "45000, CONSTRAINT",
        "44000, CONSTRAINT",
        "HYT00, BUSY",
        "0A000, UNKNOWN",
        "XX000, BUSY"
    })
    void theClassOfTheStateDecides(String state, Kind kind) {
        assertThat(of(new SQLException("ERROR", state))).isEqualTo(kind);
    }

    /** A batch's failure is no class of the driver, and has its state and its number alone. */
    @ParameterizedTest
    @CsvSource({
        "2627, 23000, CONSTRAINT",
        "2601, 23000, CONSTRAINT",
        "547, 23000, CONSTRAINT",
        "515, S0001, VALUE",
        "8152, S0001, VALUE",
        "2628, S0001, VALUE",
        "245, S0001, VALUE",
        "207, S0022, STATEMENT",
        "208, S0002, STATEMENT",
        "229, S0005, STATEMENT",
        "18456, S0001, LOGIN",
        "18486, S0001, LOGIN",
        "50000, S0001, CONSTRAINT",
        "51001, S0001, CONSTRAINT",
        "1205, 40001, BUSY",
        "1222, S0051, UNKNOWN",
        "4060, S0001, UNKNOWN"
    })
    void ofSqlServerTheNumberDecidesAlsoInABatch(int number, String state, Kind kind) {
        assertThat(of(new BatchUpdateException("said so", state, number, new int[0])))
                .isEqualTo(kind);
        assertThat(of(new SQLException("said so", state, number))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "00001, 23000, CONSTRAINT",
        "02291, 23000, CONSTRAINT",
        "01400, 23000, VALUE",
        "12899, 72000, VALUE",
        "01438, 22003, VALUE",
        "01722, 42000, VALUE",
        "01843, 22008, VALUE",
        "00904, 42000, STATEMENT",
        "00942, 42000, STATEMENT",
        "01031, 42000, STATEMENT",
        "01017, 72000, LOGIN",
        "28000, 99999, LOGIN",
        "20001, 72000, CONSTRAINT",
        "12514, 66000, CONNECT",
        "12541, 66000, CONNECT",
        "03113, 66000, CONNECT",
        "00060, 61000, UNKNOWN",
        "00054, 61000, UNKNOWN",
        "01653, 72000, UNKNOWN"
    })
    void ofOracleTheNumberInItsWordsDecides(String number, String state, Kind kind) {
        String words = "ORA-" + number + ": said so\n\nhttps://docs.example.com/error-help/db/ora-" + number + "/";
        assertThat(of(new SQLException(words, state, Integer.parseInt(number)))).isEqualTo(kind);
        assertThat(of(new BatchUpdateException(words, state, Integer.parseInt(number), new int[0])))
                .isEqualTo(kind);
        assertThat(SqlFault.of(new SQLException(words, state)).words()).isEqualTo("ORA-" + number + ": said so");
    }

    @ParameterizedTest
    @CsvSource({
        "1062, 23000, CONSTRAINT",
        "1048, 23000, VALUE",
        "1406, 22001, VALUE",
        "1292, 22007, VALUE",
        "1146, 42S02, STATEMENT",
        "1644, 45000, CONSTRAINT",
        "1045, 28000, LOGIN",
        "1205, HY000, UNKNOWN",
        "1213, 40001, BUSY"
    })
    void ofMariaDbBothTell(int number, String state, Kind kind) {
        assertThat(of(new SQLException("said so", state, number))).isEqualTo(kind);
    }

    @Test
    void aFailureBelowTheDatabaseIsToldByItsCause() {
        assertThat(of(new SQLNonTransientConnectionException("x", "08001", new SSLHandshakeException("no trust"))))
                .isEqualTo(Kind.TLS);
        assertThat(of(new SQLException("x", "S0001", 0, new UnknownHostException("erp"))))
                .isEqualTo(Kind.CONNECT);
        BatchUpdateException batch = new BatchUpdateException();
        batch.setNextException(new SQLIntegrityConstraintViolationException("there already", "23505"));
        assertThat(of(batch)).isEqualTo(Kind.CONSTRAINT);
    }
}
