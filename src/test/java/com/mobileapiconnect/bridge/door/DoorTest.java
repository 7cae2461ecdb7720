package com.mobileapiconnect.bridge.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which door a request comes in: only what the container reads just so gets the turns of phones. */
class DoorTest {

    @ParameterizedTest
    @CsvSource({
        "INTAKE, POST /v1/inbound HTTP/1.1",
        "INTAKE, POST /v1/inbound?partial=true HTTP/1.1",
        "INTAKE, GET /v1/inbound/twilio/dvt_x-_.y HTTP/1.1",
        "OUTBOX, GET /v1/outbox?wait=25 HTTP/1.1",
        "OUTBOX, POST /v1/outbox/out_1 HTTP/1.1",
        "HEALTH, GET /actuator/health HTTP/1.1",
        "OTHER, GET /v1/openapi.json HTTP/1.1",
        "OTHER, GET /actuator/healthy HTTP/1.1",
        "OTHER, GET /actuator/health/x HTTP/1.1",
        "OTHER, GET /v1/inbounds HTTP/1.1",
        "OTHER, GET /v1/inbound/../openapi.json HTTP/1.1",
        "OTHER, GET /v1/inbound/..;/openapi.json HTTP/1.1",
        "OTHER, GET /v1/inbound/%2e%2e/openapi.json HTTP/1.1",
        "OTHER, GET /v1/inbound/a//b HTTP/1.1",
        "OTHER, GET /v1/inbound/./b HTTP/1.1",
        "OTHER, GET http://bridge/v1/inbound HTTP/1.1"
    })
    void aRequestsDoorIsToldByItsPath(Door door, String line) {
        assertThat(Door.ofRequest(bytes(line + "\r\nHost: bridge\r\n\r\n"))).isEqualTo(door);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST", "POST ", "POST /v1/inbound", "\r\n\r\n"})
    void aLineThatIsNotThereYetComesInByTheDoorForEverythingElse(String begun) {
        assertThat(Door.ofRequest(bytes(begun))).isEqualTo(Door.OTHER);
    }

    @Test
    void aQueryThatIsNotThereYetHidesNoPhone() {
        String begun = "GET /v1/inbound/kannel/dvt_x?text=" + "%D0%96".repeat(200);
        assertThat(Door.ofRequest(bytes(begun))).isEqualTo(Door.INTAKE);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
