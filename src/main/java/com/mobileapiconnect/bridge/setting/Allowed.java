package com.mobileapiconnect.bridge.setting;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The values that a number, a duration or a size may have: said in words, and checked. */
public final class Allowed {

    private static final Pattern NO_UNIT = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    private final Kind kind;
    private final Bounds bounds;

    private enum Kind {
        NUMBER("a whole number", ""),
        DURATION("a time", ", like P90D (days), PT10M (minutes) or PT30S (seconds)"),
        SIZE("a size", ", like 64MB");

        private final String name;
        private final String examples;

        Kind(String name, String examples) {
            this.name = name;
            this.examples = examples;
        }

        static @Nullable Kind of(Class<?> type) {
            if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
                return NUMBER;
            }
            return type == Duration.class ? DURATION : type == DataSize.class ? SIZE : null;
        }

        int compare(Object value, String bound) {
            return switch (this) {
                case NUMBER -> Long.compare(((Number) value).longValue(), Long.parseLong(bound));
                case DURATION -> ((Duration) value).compareTo(Duration.parse(bound));
                case SIZE -> ((DataSize) value).compareTo(DataSize.parse(bound));
            };
        }

        boolean isZero(Object value) {
            return compare(value, this == DURATION ? "PT0S" : this == SIZE ? "0B" : "0") == 0;
        }
    }

    private Allowed(Kind kind, Bounds bounds) {
        this.kind = kind;
        this.bounds = bounds;
    }

    /** Returns whether a setting of this type has bounds. */
    public static boolean bounded(Class<?> type) {
        return Kind.of(type) != null;
    }

    /** Returns empty for a setting that has none. */
    public static Optional<Allowed> of(Class<?> type, @Nullable Bounds bounds) {
        Kind kind = Kind.of(type);
        return kind == null || bounds == null ? Optional.empty() : Optional.of(new Allowed(kind, bounds));
    }

    /**
     * Returns why a value is refused; empty for one that is allowed.
     *
     * @param written as the operator wrote it: a number without a unit would silently be milliseconds or bytes
     */
    public Optional<String> refusal(Object value, String written) {
        if (bounds.orZero() && kind.isZero(value)) {
            return Optional.empty();
        } else if (kind != Kind.NUMBER && NO_UNIT.matcher(written.strip()).matches()) {
            return Optional.of("has no unit");
        } else if (kind.compare(value, bounds.least()) < 0) {
            return Optional.of("is too " + (kind == Kind.DURATION ? "short" : "small"));
        } else if (kind.compare(value, bounds.most()) > 0) {
            return Optional.of("is too " + (kind == Kind.DURATION ? "long" : "large"));
        }
        return Optional.empty();
    }

    /** Returns the bounds alone, for a table: {@code PT1S to PT5M}. */
    public String range() {
        return (bounds.orZero() ? "0, or " : "") + bounds.least() + " to " + bounds.most();
    }

    /** Returns what may be written: {@code a time from PT1S to PT5M, like …}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s%s from %s to %s%s",
                bounds.orZero() ? "0, or " : "",
                kind.name,
                bounds.least(),
                bounds.most(),
                kind.examples);
    }
}
