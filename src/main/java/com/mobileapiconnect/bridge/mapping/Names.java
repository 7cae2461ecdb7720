package com.mobileapiconnect.bridge.mapping;

import java.util.function.Predicate;

/**
 * The names that a text may have, and how it writes them.
 *
 * @param open  before a name, like <code>{{</code>
 * @param close behind it
 * @param known whether there is such a name
 * @param list  the names, for people
 */
public record Names(String open, String close, Predicate<String> known, String list) {

    String written(String name) {
        return open + name + close;
    }
}
