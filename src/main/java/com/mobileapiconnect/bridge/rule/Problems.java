package com.mobileapiconnect.bridge.rule;

import java.util.function.BiConsumer;

/** Hands on what is wrong, but not without end: nobody mends more than a few dozen fields from one answer. */
final class Problems {

    private static final int MAX = 50;
    private static final int MAX_NAME = 64;

    private final BiConsumer<String, String> errors;
    private int count;

    Problems(BiConsumer<String, String> errors) {
        this.errors = errors;
    }

    /** The message completes a sentence that the path begins. */
    void add(String path, String message) {
        if (count++ < MAX) {
            errors.accept(path, message);
        }
    }

    /** For a member that nobody knows: its name comes from outside and may be of any length. */
    void unknown(String path, String name, String known) {
        String shown = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
        add(path + "." + shown, "is not known here; write only " + known);
    }

    int count() {
        return count;
    }
}
