package com.mobileapiconnect.bridge.store;

import java.net.UnknownHostException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says in a line why a database cannot be opened, and what its operator can change. */
final class OpenAdvice {

    private static final String SET_UP = "docs/operations.md says how to set it up, under \"Running on PostgreSQL\".";

    private OpenAdvice() {}

    static String of(Throwable failure, Dialect dialect) {
        String why = String.valueOf(failure.getMessage());
        String advice = null;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException) {
                return "the name of its host does not resolve. Mend BRIDGE_DATABASE_URL.";
            } else if (t instanceof SQLException sql) {
                why = String.valueOf(sql.getMessage()); // of Flyway's lines it is the one that tells
                advice = dialect.advice(sql);
            }
        }
        String line = why.lines().findFirst().orElse("");
        return advice == null ? line : line.replaceFirst("\\.$", "") + ". " + advice;
    }

    /** @param state the SQLState of a server of PostgreSQL */
    static @Nullable String ofPostgres(@Nullable String state) {
        if (state == null) {
            return null;
        }
        return switch (state) {
            case "08001", "08004" -> "Look whether the server runs, and whether BRIDGE_DATABASE_URL leads to it.";
            case "28000", "28P01" -> "Give the right BRIDGE_DATABASE_USER and BRIDGE_DATABASE_PASSWORD.";
            case "3D000" -> "Make the database first: " + SET_UP;
            case "42501" -> "The bridge's role has to own the database, or may make tables in it: " + SET_UP;
            default -> null;
        };
    }
}
