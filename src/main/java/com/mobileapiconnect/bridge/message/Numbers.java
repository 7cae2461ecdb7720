package com.mobileapiconnect.bridge.message;

import java.util.HashSet;
import java.util.Set;

/**
 * The keys under which rows may hold a phone number that somebody looks for.
 *
 * @param keys     those that mean the number wherever they stand: the international one, and the one that was written
 * @param national those that mean it only where numbers were read in one of the regions
 * @param regions  the codes of these regions
 * @param former   keys that earlier versions gave to the number
 */
public record Numbers(Set<String> keys, Set<String> national, Set<String> regions, Set<String> former) {

    public Numbers {
        keys = Set.copyOf(keys);
        national = Set.copyOf(national);
        regions = Set.copyOf(regions);
        former = Set.copyOf(former);
    }

    /** Returns all present keys, whatever the region of a row. */
    public Set<String> anywhere() {
        Set<String> all = new HashSet<>(keys);
        all.addAll(national);
        return all;
    }

    /** Returns all keys that the number has or ever had. */
    public Set<String> ever() {
        Set<String> all = anywhere();
        all.addAll(former);
        return all;
    }

    /** Returns what a log may show of a number that is to be forgotten. */
    public String hidden() {
        return PhoneNumber.hidden(keys.iterator().next());
    }

    /** Returns a number of which no region is known. */
    public static Numbers of(String spelling) {
        return new Numbers(Set.of(PhoneNumber.key(spelling)), Set.of(), Set.of(), PhoneNumber.formerKeys(spelling));
    }
}
