package com.mobileapiconnect.bridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class JsonFlawTest {

    private static String of(byte[] body) {
        return JsonFlaw.of(catchThrowableOfType(JacksonException.class, () -> new ObjectMapper().readTree(body)));
    }

    @Test
    void aBodyInGzipIsCalledOne() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write("{\"text\":\"balance\"}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(of(compressed.toByteArray())).contains("gzip");
    }

    @Test
    void itsFirstByteElsewhereIsNoSignOfIt() {
        assertThat(of("{\"text\":\u001f}".getBytes(StandardCharsets.UTF_8))).contains("code 31");
    }
}
