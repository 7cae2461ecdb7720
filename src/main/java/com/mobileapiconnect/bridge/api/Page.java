package com.mobileapiconnect.bridge.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A page of a list: whole objects, newest first, and the cursor of the next page. */
public record Page<T>(List<T> data, @Nullable String next) implements Weighed {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;
    private static final int LONGEST_CURSOR = 128;

    /** @param cursor opaque to callers: the {@code next} of the previous page */
    public record Request(int limit, @Nullable String cursor) {

        static final List<String> PARAMETERS = List.of("limit", "cursor");

        /** Returns the cursor of a list that is ordered by a number, descending. */
        public long before() {
            if (cursor == null) {
                return Long.MAX_VALUE;
            }
            try {
                return Long.parseLong(cursor);
            } catch (NumberFormatException e) {
                throw Problem.invalid("cursor", "was not issued by this list");
            }
        }

        /** Returns the cursor of a list that is ordered by an id with this prefix, descending. */
        public String beforeId(String prefix) {
            if (cursor == null) {
                return "~"; // sorts after every id
            }
            if (!cursor.startsWith(prefix) || cursor.length() > LONGEST_CURSOR || cursor.indexOf('\0') >= 0) {
                throw Problem.invalid("cursor", "was not issued by this list");
            }
            return cursor;
        }
    }

    /** @param rows up to one more than the limit: the extra row shows that there is a next page */
    public static <T> Page<T> of(List<T> rows, Request request, Function<T, String> cursor) {
        if (rows.size() <= request.limit()) {
            return new Page<>(rows, null);
        }
        List<T> data = rows.subList(0, request.limit());
        return new Page<>(data, cursor.apply(data.get(data.size() - 1)));
    }

    /**
     * Makes a page of rows that are all in memory, newest first; the cursor is a position that counts down.
     *
     * @param prefix of every position; no other list has it, so that a cursor of another one is told
     */
    public static <T> Page<T> of(Stream<T> newestFirst, Request request, String prefix, Function<T, String> position) {
        String before = request.beforeId(prefix);
        List<T> rows = newestFirst
                .filter(row -> position.apply(row).compareTo(before) < 0)
                .limit(request.limit() + 1L)
                .toList();
        return of(rows, request, position);
    }

    /** Counts the rows that know their weight; those of other lists are short. */
    @Override
    public long weight() {
        return data.stream()
                .mapToLong(row -> row instanceof Weighed weighed ? weighed.weight() : 0)
                .sum();
    }

    public <R> Page<R> map(Function<T, R> view) {
        List<R> mapped = new ArrayList<>(data.size());
        data.forEach(row -> mapped.add(view.apply(row)));
        return new Page<>(mapped, next);
    }
}
