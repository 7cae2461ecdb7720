package com.mobileapiconnect.bridge.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of the schema, as its {@link TableOwner} declares it. Both questions need an answer: either rows age out or a
 * reason says why they are kept; either erasing a number removes rows or a reason says why not.
 *
 * @param ageing   lets rows age out; empty when they are kept
 * @param kept     the reason for keeping them; null when they age out
 * @param erasing  removes the rows of a number; null when none are removed
 * @param unerased the reason for that; null otherwise
 */
public record Table(
        String name,
        List<Ageing<?>> ageing,
        @Nullable String kept,
        @Nullable Erasing erasing,
        @Nullable String unerased) {

    public Table {
        ageing = List.copyOf(ageing);
    }

    public static Table named(String name) {
        return new Table(name, List.of(), null, null, null);
    }

    public Table ages(Ageing<?>... how) {
        return new Table(name, List.of(how), kept, erasing, unerased);
    }

    /** Says why rows do not age out by themselves, or with which other rows they go. */
    public Table kept(String why) {
        return new Table(name, ageing, why, erasing, unerased);
    }

    public Table erases(Erasing how) {
        return new Table(name, ageing, kept, how, unerased);
    }

    /** Says why erasing a number leaves this table alone, or with which other rows its rows go. */
    public Table notErased(String why) {
        return new Table(name, ageing, kept, erasing, why);
    }
}
