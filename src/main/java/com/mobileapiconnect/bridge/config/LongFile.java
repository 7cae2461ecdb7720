package com.mobileapiconnect.bridge.config;

import com.mobileapiconnect.bridge.api.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A file that is written in pieces, up to a bound. */
final class LongFile {

    /** Largest number of bytes; a file that is taken back has a quarter of it. */
    static final int MOST = 4 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void write(String piece) {
        bytes.writeBytes(piece.getBytes(StandardCharsets.UTF_8));
        if (bytes.size() > MOST) {
            throw Problem.conflict("The configuration is longer than " + (MOST >> 20)
                    + " MiB as one file. Read it in parts: GET /v1/rules, /v1/connections and so on.");
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
