package com.mobileapiconnect.bridge.odata;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service as it describes itself: its entity sets and their types.
 *
 * @param version of OData, as the document says it
 * @param sets    by name
 * @param types   by full name
 */
record Metadata(String version, Map<String, EntitySet> sets, Map<String, Type> types) {

    private static final int DEEPEST = 30;

    /** @param insertable false if the service says that nothing can be made in it */
    record EntitySet(String name, String type, boolean insertable) {}

    /**
     * A type with properties.
     *
     * @param base the full name of the type that it extends; null for none
     * @param keys names of the key's properties; empty if the base has them
     */
    record Type(String name, @Nullable String base, List<String> keys, Map<String, Property> properties) {}

    /**
     * A property of a type.
     *
     * @param type       full name of the type, of each part if there are many
     * @param many       whether it is a collection
     * @param navigation whether it leads to other records, which a deep insert makes
     * @param optional   whether it may be left out
     * @param readOnly   whether the service sets it itself
     * @param maxLength  the most characters; null for no bound
     */
    record Property(
            String name,
            String type,
            boolean many,
            boolean navigation,
            boolean optional,
            boolean readOnly,
            @Nullable Integer maxLength) {}

    /** Returns all properties of a type, those of its bases among them; empty for a type without properties. */
    Map<String, Property> properties(String typeName) {
        Map<String, Property> all = new LinkedHashMap<>();
        bases(typeName).forEach(type -> type.properties().forEach(all::putIfAbsent));
        return all;
    }

    /** Returns the names of the key's properties. */
    List<String> keys(String typeName) {
        return bases(typeName).stream()
                .map(Type::keys)
                .filter(keys -> !keys.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<Type> bases(String typeName) {
        List<Type> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Type type = types.get(typeName);
        while (type != null && seen.add(type.name()) && chain.size() < DEEPEST) {
            chain.add(type);
            type = type.base() == null ? null : types.get(type.base());
        }
        return chain;
    }
}
