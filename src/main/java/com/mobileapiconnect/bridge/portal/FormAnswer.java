package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The whole answer to a form that was sent. */
record FormAnswer(int status, Map<String, String> headers, byte[] body) {

    /** Stands for an answer that is no longer kept. */
    static final FormAnswer FORGOTTEN = new FormAnswer(0, Map.of(), new byte[0]);

    static FormAnswer of(HeldResponse held) {
        return new FormAnswer(held.getStatus(), held.headers(), held.body());
    }

    /** Returns whether something may have been done, and not only refused. */
    boolean isDone() {
        return status == HttpServletResponse.SC_SEE_OTHER
                || status < HttpServletResponse.SC_BAD_REQUEST && body.length > 0;
    }

    void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
