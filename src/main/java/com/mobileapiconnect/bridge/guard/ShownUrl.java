package com.mobileapiconnect.bridge.guard;

import com.google.re2j.Pattern;

/**
 * Hides the parts of a URL that often hold a secret, wherever a URL is written down for people to read. Text of others
 * is looked through in linear time, which the JDK's expressions do not promise.
 */
public final class ShownUrl {

    private static final Pattern USER = Pattern.compile("(?i)(https?://)[^\\s/?#]*@");
    private static final Pattern QUERY = Pattern.compile("(?i)(https?://[^\\s?#]*)[?#]\\S*");
    /** The user info of a URL of any scheme, or of one that begins with its host. */
    private static final Pattern ANY_USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:)?([/\\\\]{2})[^/\\\\]*@");

    private static final String HIDDEN = "…";

    private ShownUrl() {}

    /** Returns a link, which may be relative, with its user info, query and fragment as {@code …}. */
    public static String ofLink(String link) {
        int end = 0;
        while (end < link.length() && link.charAt(end) != '?' && link.charAt(end) != '#') {
            end++;
        }
        String path = ANY_USER.matcher(link.substring(0, end)).replaceFirst("$1$2" + HIDDEN + "@");
        return end == link.length() ? path : path + "?" + HIDDEN;
    }

    /** Returns the text with user info, query and fragment of each URL in it as {@code …}. */
    public static String in(String text) {
        if (!text.contains("://")) {
            return text;
        }
        String withoutUser = USER.matcher(text).replaceAll("$1" + HIDDEN + "@");
        return QUERY.matcher(withoutUser).replaceAll("$1?" + HIDDEN);
    }
}
