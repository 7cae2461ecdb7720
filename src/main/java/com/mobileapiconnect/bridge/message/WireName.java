package com.mobileapiconnect.bridge.message;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** An enum whose constants have names in JSON; each constant spells its own, so that a search finds it. */
public interface WireName {

    String wireName();

    /** Finds the constant of that name. */
    static <E extends Enum<E> & WireName> Optional<E> find(Class<E> type, String wireName) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.wireName().equals(wireName))
                .findFirst();
    }

    /** Returns all names as people list them: {@code queued, leased, sent}. */
    static String list(Collection<? extends WireName> constants) {
        return constants.stream().map(WireName::wireName).collect(Collectors.joining(", "));
    }
}
