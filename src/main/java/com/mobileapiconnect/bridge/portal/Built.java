package com.mobileapiconnect.bridge.portal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page with a form that is built by buttons: a rule's or a connection's. */
interface Built {

    /** Returns the path of the page; {@code /build} behind it shows the form as a button has changed it. */
    String path();

    /** Returns what is wrong with each field, in the API's names. */
    Map<String, String> errors();

    /** Returns what is wrong with a field; null for nothing. */
    default @Nullable String wrong(String at) {
        return errors().get(at);
    }

    /** Returns what is wrong with something or a part of it; null for nothing. */
    default @Nullable String wrongWithin(String at) {
        return errors().entrySet().stream()
                .filter(each -> each.getKey().equals(at)
                        || each.getKey().startsWith(at + ".")
                        || each.getKey().startsWith(at + "["))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
