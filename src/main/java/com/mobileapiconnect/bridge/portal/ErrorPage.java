package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page that says why something was refused or did not work, and leads on. */
final class ErrorPage {

    /** Names the parameter of the API that a form has as a box to tick. */
    private static final String DISCARD = "?discard=true";

    private ErrorPage() {}

    /** @param what the group of its texts, if there is one: a status, or a word of ours */
    static Reply.Shown of(
            HttpServletRequest request, @Nullable Session session, int status, String what, String detail) {
        Texts texts = Texts.of(request);
        boolean discard = detail.contains(DISCARD);
        String named = discard ? "unfinished" : what;
        String known = texts.has("error." + named + ".title") ? named : status < 500 ? "other" : "500";
        return new Reply.Shown(
                status,
                "error." + known + ".title",
                "error",
                Map.of(
                        "what",
                        known,
                        "detail",
                        discard ? "" : detail,
                        "operator",
                        session != null && session.ofOperator(),
                        "back",
                        status == 403 || status == 404 ? "" : above(request)));
    }

    /** Returns the page on which the form was that was sent; empty for what is no form. */
    private static String above(HttpServletRequest request) {
        String path = request.getRequestURI();
        return request.getMethod().equals("POST") && path.lastIndexOf('/') > 0
                ? path.substring(0, path.lastIndexOf('/'))
                : "";
    }
}
