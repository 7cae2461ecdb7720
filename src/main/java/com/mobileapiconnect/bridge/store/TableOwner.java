package com.mobileapiconnect.bridge.store;

import java.util.Comparator;
import java.util.List;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Declares the tables that a feature owns: how their rows age out, and what erasing a number and deleting a tenant do to
 * them.
 *
 * <p>A feature implements this as a bean next to its SQL. {@code retention} collects these beans and does the rest; it
 * knows no table. A test fails when a table of the schema has no owner, has two, or leaves one of the questions open,
 * and when SQL of another package names a table whose owner has not declared that package:
 *
 * <pre>{@code
 * @Component
 * class UnparsedBodies implements TableOwner {
 *
 *     public List<Table> tables() {
 *         return List.of(Table.named("unparsed")
 *                 .ages(new Ageing<>(Period.setting("unparsed"), UnparsedBodies::old, UnparsedBodies::remove))
 *                 .erases(new OfNumber())
 *                 .leaves(Leaving.of("unparsed", "id")));
 *     }
 * }
 * }</pre>
 *
 * <p>A new period needs three more lines: its component and its name in {@code RetentionSettings}, and its default in
 * {@code application.yaml}.
 */
@FunctionalInterface
public interface TableOwner {

    /**
     * Returns every table whose rows this feature writes; the order is the order of erasing.
     * Deleted tenants are removed in the opposite order of owners.
     */
    List<Table> tables();

    /** Returns owners by {@code @Order} and then by their names, whatever order they were found in. */
    static List<TableOwner> inOrder(List<TableOwner> owners) {
        Comparator<Object> ordered = AnnotationAwareOrderComparator.INSTANCE;
        return owners.stream()
                .sorted(ordered.thenComparing(owner -> owner.getClass().getName()))
                .toList();
    }
}
