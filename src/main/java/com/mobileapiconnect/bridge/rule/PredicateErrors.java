package com.mobileapiconnect.bridge.rule;

import com.mobileapiconnect.bridge.message.Graphemes;
import java.util.function.BiConsumer;

/** Passes problems on, up to a limit: a reader corrects no more than a few dozen fields at a time. */
final class PredicateErrors {

    private static final int MAX = 50;
    private static final int MAX_NAME = 64;

    private final BiConsumer<String, String> errors;
    private int count;

    PredicateErrors(BiConsumer<String, String> errors) {
        this.errors = errors;
    }

    /** Reports a problem. The message completes a sentence that begins with the path. */
    void add(String path, String message) {
        if (count++ < MAX) {
            errors.accept(path, message);
        }
    }

    /** Reports an unknown member, whose name is shortened because it comes from outside. */
    void unknown(String path, String name, String known) {
        String shown = name.length() <= MAX_NAME ? name : Graphemes.cut(name, MAX_NAME) + "…";
        add(path + "." + shown, "is unknown; allowed are " + known);
    }

    int count() {
        return count;
    }
}
