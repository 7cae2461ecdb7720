package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The difference between a part of the file and what there is. */
public record Difference(List<Entry> created, List<Entry> changed, List<Entry> removed, int unchanged) {

    /**
     * An entry of the file or of the tenant.
     *
     * @param token   of a new device, shown this once; null in a dry run
     * @param pairing where a new device hands over
     * @param key     a new API key, shown this once; null in a dry run
     * @param changes what changes inside it; only in a dry run
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String id,
            String name,
            @Nullable String token,
            @Nullable Pairing pairing,
            @Nullable String key,
            @Nullable List<FieldChange> changes) {

        public Entry(String id, String name) {
            this(id, name, null, null, null, null);
        }

        /** Makes an entry with what is shown this once. */
        public Entry(String id, String name, @Nullable String token, @Nullable Pairing pairing, @Nullable String key) {
            this(id, name, token, pairing, key, null);
        }

        Entry withoutKeys() {
            return new Entry(id, name);
        }
    }

    public record Pairing(String url) {}

    public static Difference none(int unchanged) {
        return new Difference(List.of(), List.of(), List.of(), unchanged);
    }

    /** Returns the difference of something that there is once. */
    public static Difference ofOne(Entry one, boolean isNew, boolean isChanged) {
        List<Entry> it = List.of(one);
        return new Difference(
                isChanged && isNew ? it : List.of(),
                isChanged && !isNew ? it : List.of(),
                List.of(),
                isChanged ? 0 : 1);
    }

    boolean isNone() {
        return created.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }

    /**
     * Returns the same difference as it is shown before it is made: keys that nobody gets are not shown.
     *
     * @param inside returns what changes inside an entry
     */
    Difference asExample(Function<Entry, List<FieldChange>> inside) {
        return new Difference(
                created.stream().map(Entry::withoutKeys).toList(),
                changed.stream()
                        .map(entry -> new Entry(entry.id(), entry.name(), null, null, null, inside.apply(entry)))
                        .toList(),
                removed,
                unchanged);
    }

    /** Returns the counts, for people. */
    String counts() {
        return "+" + created.size() + " ~" + changed.size() + " -" + removed.size();
    }
}
