package com.mobileapiconnect.bridge.store;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Values that stand in statements as literals, because a partial index is only used for a condition that the planner can
 * see. Statements name them in braces, like {@code state = {PENDING}}; an unknown name fails at class loading.
 */
public final class SqlLiterals {

    private static final Pattern NAME = Pattern.compile("\\{([A-Z_]+)}");

    private final Map<String, Long> byName;

    private SqlLiterals(Map<String, Long> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** Takes over the constants of an enum whose order is the stored form. */
    public static SqlLiterals of(Enum<?>... constants) {
        Map<String, Long> codes = new HashMap<>();
        for (Enum<?> constant : constants) {
            codes.put(constant.name(), (long) constant.ordinal());
        }
        return new SqlLiterals(codes);
    }

    public SqlLiterals and(String name, long value) {
        Map<String, Long> more = new HashMap<>(byName);
        more.put(name, value);
        return new SqlLiterals(more);
    }

    /** Returns the statement with each name in braces replaced by its value. */
    public String in(String sql) {
        return NAME.matcher(sql).replaceAll(found -> Long.toString(value(found.group(1), sql)));
    }

    private long value(String name, String sql) {
        Long value = byName.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No literal is called " + name + ": " + sql);
        }
        return value;
    }
}
