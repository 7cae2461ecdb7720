package com.mobileapiconnect.bridge.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerValueTest {

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e2147483648", "1e-2147483648", "0e-2147483648"})
    void aNumberBeyondAllNumbersIsNoValue(String number) {
        assertThat(AnswerValue.at(JsonPointer.compile("/r"), "{\"r\":" + number + "}")
                        .isMissingNode())
                .isTrue();
    }
}
