package com.mobileapiconnect.bridge.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key's limits as people write them: each form is taken as it is meant, or refused with its field. */
class KeyFormTest {

    private static final Instant NOW = Instant.parse("2026-06-12T12:00:00Z");
    private static final KeyForm OLD =
            new KeyForm("ERP", new Grant(Set.of(Scope.SEND), Instant.parse("2026-01-01T00:00:00Z")));

    private static KeyForm read(KeyForm old, String json) throws IOException {
        return old.read(Fields.of(new JsonMapper().readTree(json), "", new ArrayList<>()), NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "['read']                                       | read",
                "['send']                                       | send",
                "['devices']                                    | devices",
                "['rules']                                      | rules",
                "['everything']                                 | everything",
                "['send','read']                                | read send",
                "['rules','devices','send','read']              | read send devices rules",
                "['read','everything']                          | everything",
                "['everything','read','send','devices','rules'] | everything",
                "['read','read']                                | read",
                "['read','read','read','read','read']           | read",
                "['read','read','read','read','read','read']    | !scopes",
                "[]                                             | !scopes",
                "null                                           | !scopes",
                "'read'                                         | !scopes",
                "'everything'                                   | !scopes",
                "{'read':true}                                  | !scopes",
                "true                                           | !scopes",
                "0                                              | !scopes",
                "['Read']                                       | !scopes[0]",
                "['read ']                                      | !scopes[0]",
                "['read send']                                  | !scopes[0]",
                "['read','write']                               | !scopes[1]",
                "['']                                           | !scopes[0]",
                "[null]                                         | !scopes[0]",
                "[['read']]                                     | !scopes[0]",
                "[4]                                            | !scopes[0]",
                "['*']                                          | !scopes[0]",
                "['operator']                                   | !scopes[0]",
            })
    void scopesAreWhatWasGivenOrRefused(String scopes, String expected) throws IOException {
        String body = "{\"scopes\":" + scopes.replace('\'', '"') + "}";
        if (expected.startsWith("!")) {
            assertRefused(body, expected.substring(1));
        } else {
            assertThat(read(KeyForm.BLANK, body).grant().names()).containsExactly(expected.split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'2026-06-12T12:00:00.001Z'                   | 2026-06-12T12:00:00.001Z",
                "'2026-06-12T12:00:01Z'                       | 2026-06-12T12:00:01Z",
                "'2026-06-12T17:30:01+05:30'                  | 2026-06-12T12:00:01Z",
                "'2026-06-12T10:00:01-02:00'                  | 2026-06-12T12:00:01Z",
                "'2026-06-12T12:00:00.0019Z'                  | 2026-06-12T12:00:00.001Z",
                "'2027-01-01T00:00Z'                          | 2027-01-01T00:00:00Z",
                "'2028-02-29T00:00:00Z'                       | 2028-02-29T00:00:00Z",
                "'9998-12-31T23:59:59.999Z'                   | 9998-12-31T23:59:59.999Z",
                "null                                         | never",
                "'2026-06-12T12:00:00Z'                       | !",
                "'2026-06-12T11:59:59.999Z'                   | !",
                "'2026-06-12T12:00:00.0009Z'                  | !",
                "'2026-06-12T17:30:00+05:30'                  | !",
                "'1970-01-01T00:00:00Z'                       | !",
                "'1969-12-31T23:59:59Z'                       | !",
                "'9999-01-01T00:00:00Z'                       | !",
                "'+12026-01-01T00:00:00Z'                     | !",
                "'2027-02-29T00:00:00Z'                       | !",
                "'2027-01-01T00:00:00'                        | !",
                "'2027-01-01'                                 | !",
                "'01/01/2027'                                 | !",
                "'tomorrow'                                   | !",
                "'P30D'                                       | !",
                "''                                           | !",
                "'never'                                      | !",
                "1893456000                                   | !",
                "1893456000000                                | !",
                "true                                         | !",
                "['2027-01-01T00:00:00Z']                     | !",
                "{}                                           | !",
            })
    void anExpiryIsATimeToComeOrRefused(String expiry, String expected) throws IOException {
        String body = "{\"expiresAt\":" + expiry.replace('\'', '"') + "}";
        if (expected.equals("!")) {
            assertRefused(body, "expiresAt");
        } else {
            assertThat(read(KeyForm.BLANK, body).grant().expiresAt())
                    .isEqualTo(expected.equals("never") ? null : Instant.parse(expected));
        }
    }

    private static void assertRefused(String body, String field) {
        assertThatThrownBy(() -> read(KeyForm.BLANK, body))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .satisfies(problem -> assertThat(problem.status().value()).isEqualTo(422))
                .extracting(Problem::errors, InstanceOfAssertFactories.list(Problem.FieldError.class))
                .extracting(Problem.FieldError::field)
                .containsExactly(field);
    }

    @Test
    void whatIsLeftOutStaysAndNullEndsAnExpiry() throws IOException {
        assertThat(read(KeyForm.BLANK, "{}")).isEqualTo(new KeyForm("API key", Grant.UNLIMITED));
        assertThat(read(OLD, "{}")).isEqualTo(OLD);
        assertThat(read(OLD, "{\"name\":\"SAP\"}")).isEqualTo(new KeyForm("SAP", OLD.grant()));
        assertThat(read(OLD, "{\"scopes\":[\"read\"]}").grant().expiresAt())
                .isEqualTo(OLD.grant().expiresAt());
        assertThat(read(OLD, "{\"expiresAt\":null}").grant()).isEqualTo(new Grant(Set.of(Scope.SEND), null));
    }

    @Test
    void anExpiryThatHasPassedMayBeSentBackAsItIs() throws IOException {
        assertThat(read(OLD, "{\"expiresAt\":\"2026-01-01T00:00:00.000Z\",\"name\":\"ERP\"}"))
                .isEqualTo(OLD);
    }

    @Test
    void theAuditLogSaysNameScopesAndExpiry() throws IOException {
        assertThat(OLD.text()).isEqualTo("ERP (send, until 2026-01-01T00:00:00Z)");
        assertThat(read(KeyForm.BLANK, "{\"scopes\":[\"send\",\"read\"]}").text())
                .isEqualTo("API key (read send)");
        assertThat(KeyForm.BLANK.text()).isEqualTo("API key (everything)");
    }
}
