package com.mobileapiconnect.bridge.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.spi.BeanRepository;
import org.jspecify.annotations.Nullable;

/**
 * The options of a step, each taken once. The value of an option is a text of the route, or, with {@code From} behind its
 * name, that of an exchange property, or of a header as {@code header:Name}. Such a value is never parsed: no SMS can
 * become a part of a URI.
 */
final class StepOptions {

    private static final String FROM = "From";
    private static final String HEADER = "header:";
    private static final String BEAN = "#bean:";

    private final String step;
    private final Map<String, Object> given;
    private final BeanRepository beans;
    private final List<String> known = new ArrayList<>();

    /** The value of an option, looked up for each exchange. */
    interface Value {

        /** Returns null if there is none. */
        @Nullable String in(Exchange exchange);
    }

    /** @param beans that options may name: a connector's property is one where it is more than plain characters */
    StepOptions(String step, Map<String, Object> given, BeanRepository beans) {
        this.beans = beans;
        this.step = step;
        this.given = given;
    }

    /**
     * Takes an option.
     *
     * @param otherwise the value of one that is not given, or whose exchange has none
     * @param check     throws if the text of the route cannot be the option's value
     */
    Value take(String name, @Nullable String otherwise, Consumer<String> check) {
        known.add(name);
        known.add(name + FROM);
        String text = text(name);
        String from = text(name + FROM);
        if (text != null && from != null) {
            throw wrong("takes " + name + " or " + name + FROM + ", not both");
        } else if (from != null) {
            Value value = from.startsWith(HEADER) ? header(from.substring(HEADER.length())) : property(from);
            return exchange -> {
                String found = value.in(exchange);
                return found == null ? otherwise : found;
            };
        } else if (text == null) {
            return exchange -> otherwise;
        } else if (text.startsWith(BEAN)) {
            Object bean = beans.lookupByName(text.substring(BEAN.length()));
            if (bean != null) {
                check.accept(bean.toString());
            }
            String value = bean == null ? text : bean.toString(); // nothing in it is evaluated
            return exchange -> value;
        } else if (text.contains("${")) {
            throw wrong("does not evaluate " + name + "=" + text + ": set an exchange property to it, and name that in "
                    + name + FROM);
        }
        check.accept(text);
        return exchange -> text;
    }

    Value take(String name, @Nullable String otherwise) {
        return take(name, otherwise, text -> {});
    }

    private @Nullable String text(String name) {
        Object value = given.remove(name);
        String text = value == null ? null : value.toString();
        if (text != null && text.isBlank()) {
            throw wrong("needs a value for " + name);
        }
        return text;
    }

    private static Value property(String name) {
        return exchange -> exchange.getProperty(name, String.class);
    }

    private static Value header(String name) {
        return exchange -> exchange.getMessage().getHeader(name, String.class);
    }

    /** Refuses the options that were not taken. */
    void requireNoOther() {
        if (!given.isEmpty()) {
            Set<String> unknown = new TreeSet<>(given.keySet());
            given.clear();
            throw wrong("has no option " + String.join(", ", unknown)
                    + (known.isEmpty() ? "; it takes none" : "; it takes " + String.join(", ", known)));
        }
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(step + " " + why);
    }
}
