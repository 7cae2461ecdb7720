package com.mobileapiconnect.bridge.portal;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The answer of a page. */
sealed interface Reply {

    int OK = 200;

    /**
     * A page is shown.
     *
     * @param title    a text of the bundles, or a name that nobody translates
     * @param template the name of the file, without its ending
     * @param values   the template's parameters
     */
    record Shown(int status, String title, String template, Map<String, Object> values) implements Reply {}

    /** The browser goes to another page of ours. */
    record Elsewhere(String path) implements Reply {}

    /** A file for the browser, which is no page: a picture, or what is saved. */
    record File(String type, Map<String, String> headers, byte[] body) implements Reply {}

    /** The API has not answered yet. */
    record Later(CompletableFuture<Answer> answer, Function<Answer, Reply> then) implements Reply {}

    static Reply page(String title, String template, Object page) {
        return page(OK, title, template, page);
    }

    static Reply page(int status, String title, String template, Object page) {
        return new Shown(status, title, template, Map.of("page", page));
    }

    static Reply to(String path) {
        return new Elsewhere(path);
    }
}
