package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The answer to a form, which is noted before it goes to the browser: that may have gone, to send the form again. */
final class FormResponse extends HeldResponse {

    private final HttpServletResponse browser;
    private final SentForms sent;
    private final SentForms.Turn first;

    FormResponse(HttpServletResponse browser, SentForms sent, SentForms.Turn first) {
        super(browser);
        this.browser = browser;
        this.sent = sent;
        this.first = first;
    }

    /** Ends an answer, if it is one to a form; any other has reached the browser already. */
    static void end(HttpServletResponse response) throws IOException {
        if (response instanceof FormResponse held) {
            FormAnswer answer = FormAnswer.of(held);
            held.sent.answered(held.first, answer);
            answer.write(held.browser);
        }
    }
}
