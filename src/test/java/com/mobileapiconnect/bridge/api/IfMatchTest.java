package com.mobileapiconnect.bridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;

class IfMatchTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "\"1\", \"7\"", "\"1\",\"7\"", "\"a,b\" ,, \"7\"", "W/\"7\", \"7\"", "*"})
    void theVersionThatIsNamedMayBeChanged(String header) {
        IfMatch.of(header).check(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "\"\"", "\"1\", \"77\"", "W/\"7\"", "\"07\"", "\"a,7\""})
    void anotherVersionMayNotAndTheAnswerSaysWhatToDo(String header) {
        assertThatThrownBy(() -> IfMatch.of(header).check(7))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(HttpStatus.PRECONDITION_FAILED);
                    assertThat(problem.headers()).containsEntry("ETag", "\"7\"");
                })
                .hasMessageContaining("at version \"7\" now")
                .hasMessageContaining("GET it again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "'7'",
                "\"7",
                "7\"",
                "\"6\" \"7\"",
                "\"6\"\"7\"",
                "*, \"7\"",
                "\"7\", *",
                "w/\"7\"",
                "\"7 \""
            })
    void whatIsNoSuchHeaderIsRefusedInClearWords(String header) {
        assertThatThrownBy(() -> IfMatch.of(header))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST))
                .hasMessageContaining("If-Match must be the ETag of the object, in quotes");
    }

    @Test
    void withoutTheHeaderEveryVersionMayBeChanged() {
        IfMatch.of(new MockHttpServletRequest()).check(7);
    }

    @Test
    void severalHeadersAreOneList() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("If-Match", "\"6\"");
        request.addHeader("If-Match", "\"7\"");

        IfMatch.of(request).check(7);
        assertThatThrownBy(() -> IfMatch.of(request).check(8)).isInstanceOf(Problem.class);
    }
}
