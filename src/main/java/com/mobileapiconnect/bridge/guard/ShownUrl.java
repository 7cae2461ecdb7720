package com.mobileapiconnect.bridge.guard;

import java.util.regex.Pattern;

/** Hides the parts of a URL that often hold a secret, wherever a URL is written down for people to read. */
public final class ShownUrl {

    private static final Pattern USER = Pattern.compile("(?i)(https?://)[^\\s/?#]*@");
    private static final Pattern QUERY = Pattern.compile("(?i)(https?://[^\\s?#]*)[?#]\\S*");
    private static final String HIDDEN = "…";

    private ShownUrl() {}

    /** Returns the text with user info, query and fragment of each URL in it as {@code …}. */
    public static String in(String text) {
        if (!text.contains("://")) {
            return text;
        }
        String withoutUser = USER.matcher(text).replaceAll("$1" + HIDDEN + "@");
        return QUERY.matcher(withoutUser).replaceAll("$1?" + HIDDEN);
    }
}
