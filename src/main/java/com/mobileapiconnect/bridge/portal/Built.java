package com.mobileapiconnect.bridge.portal;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page with a form that is built by buttons: a rule's or a connection's. */
interface Built {

    Pattern ACTION = Pattern.compile("^then\\[(\\d{1,3})]");

    /** Returns the path of the page; {@code /build} behind it shows the form as a button has changed it. */
    String path();

    /** Returns what is wrong with each field, in the API's names. */
    Map<String, String> errors();

    /** Returns the words by which the page calls a field of the API; its name where it has none. */
    default String label(Texts texts, String at) {
        return word(texts, at);
    }

    /** Returns the words for a field that rules and connections have; its name where there are none. */
    static String word(Texts texts, String at) {
        Matcher action = ACTION.matcher(at);
        if (action.find()) {
            return texts.get("rule.action", Integer.parseInt(action.group(1)) + 1);
        } else if (at.equals("when") || at.startsWith("when.")) {
            return texts.get("rule.when");
        }
        return switch (at) {
            case "name" -> texts.get("connection.name");
            case "priority" -> texts.get("rule.priority");
            default -> at;
        };
    }

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
