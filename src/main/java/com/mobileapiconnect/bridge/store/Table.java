package com.mobileapiconnect.bridge.store;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of the schema, as its {@link TableOwner} declares it. All questions need an answer: either rows age out or a
 * reason says why they are kept; either erasing a number removes rows or a reason says why not; either deleting a tenant
 * removes rows or a reason says why not.
 *
 * @param ageing   lets rows age out; empty when they are kept
 * @param kept     the reason for keeping them; null when they age out
 * @param erasing  removes the rows of a number; null when none are removed
 * @param unerased the reason for that; null otherwise
 * @param tenant   the answer for a tenant that is deleted; null when there is none yet
 * @param others   the packages beside the owner's own whose SQL may name the table
 */
public record Table(
        String name,
        List<Ageing<?>> ageing,
        @Nullable String kept,
        @Nullable Erasing erasing,
        @Nullable String unerased,
        @Nullable OfTenant tenant,
        List<Use> others) {

    /** The answer to the question of what goes with a deleted tenant. */
    public sealed interface OfTenant {}

    /** The rows go in steps. */
    public record Leaves(Leaving<?> how) implements OfTenant {}

    /** No row goes by itself; the reason says why, or with which other rows they go. */
    public record Stays(String why) implements OfTenant {}

    /** @param writes whether the package may write as well as read */
    public record Use(String room, boolean writes) {}

    public Table {
        ageing = List.copyOf(ageing);
        others = List.copyOf(others);
    }

    public static Table named(String name) {
        return new Table(name, List.of(), null, null, null, null, List.of());
    }

    public Table ages(Ageing<?>... how) {
        return new Table(name, List.of(how), kept, erasing, unerased, tenant, others);
    }

    /** Says why rows do not age out by themselves, or with which other rows they go. */
    public Table kept(String why) {
        return new Table(name, ageing, why, erasing, unerased, tenant, others);
    }

    public Table erases(Erasing how) {
        return new Table(name, ageing, kept, how, unerased, tenant, others);
    }

    /** Says why erasing a number leaves this table alone, or with which other rows its rows go. */
    public Table notErased(String why) {
        return new Table(name, ageing, kept, erasing, why, tenant, others);
    }

    /** Removes the rows of a tenant that is deleted. */
    public Table leaves(Leaving<?> how) {
        return new Table(name, ageing, kept, erasing, unerased, new Leaves(how), others);
    }

    /** Says why deleting a tenant leaves this table alone, or with which other rows its rows go. */
    public Table stays(String why) {
        return new Table(name, ageing, kept, erasing, unerased, new Stays(why), others);
    }

    /** Lets other packages read the table with SQL of their own. */
    public Table readBy(String... rooms) {
        return usedBy(false, rooms);
    }

    /** Lets other packages keep rows of their own in the table. */
    public Table sharedWith(String... rooms) {
        return usedBy(true, rooms);
    }

    private Table usedBy(boolean writes, String... rooms) {
        List<Use> all = Stream.concat(others.stream(), Stream.of(rooms).map(room -> new Use(room, writes)))
                .toList();
        return new Table(name, ageing, kept, erasing, unerased, tenant, all);
    }
}
