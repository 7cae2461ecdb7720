package com.mobileapiconnect.bridge.rule;

/**
 * The regular expressions of a whole request, whose compiling must come to an end soon: a short expression may take
 * milliseconds, and a request may hold thousands.
 */
public final class Expressions {

    /** Measured: somewhat over a second, in folds of a letter. */
    public static final long MOST = 50_000_000;

    private long left = MOST;

    /** Returns whether this expression may be compiled as well. */
    boolean take(String regex) {
        left -= RegexHazards.compiling(regex);
        return left >= 0;
    }
}
