package com.mobileapiconnect.bridge.mapping;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A URL with names of a message in its path segments and query values. Each value is encoded whole, so none can leave its
 * place, and none makes a path segment of dots alone.
 */
public final class UrlTemplate {

    /** The field that has the URL. */
    public static final String FIELD = "outboundUrl";

    private static final String STAND_IN = "x";
    private static final String UNRESERVED = "-._~";
    /** Scheme and authority, up to the first slash, question mark or hash behind them. */
    private static final Pattern ORIGIN = Pattern.compile("^[^:/?#]+://[^/?#]*");

    private static final Pattern DOTS = Pattern.compile("(?<=/)(?:\\.|%2E){1,2}(?=/|$)");

    private final FieldText path;
    private final FieldText query;

    private UrlTemplate(FieldText path, FieldText query) {
        this.path = path;
        this.query = query;
    }

    /** @throws FlawedMappingException if it names what there is not, or where no name may be */
    public static UrlTemplate parse(String url) {
        String open = MessageNames.ALL.open();
        int question = url.indexOf('?');
        String before = question < 0 ? url : url.substring(0, question);
        String origin = origin(url);
        if (origin.contains(open)) {
            throw new FlawedMappingException(
                    FIELD, "can have names in path segments and query values, not in the host");
        }
        String after = question < 0 ? "" : url.substring(question);
        if (after.contains("#") || before.contains("#")) {
            throw new FlawedMappingException(FIELD, "must have no fragment, which is never sent");
        }
        for (String pair : after.split("[?&]")) {
            int equals = pair.indexOf('=');
            if ((equals < 0 ? pair : pair.substring(0, equals)).contains(open)) {
                throw new FlawedMappingException(FIELD, "can have names in query values, not in the names of a query");
            }
        }
        return new UrlTemplate(
                FieldText.parse(before, FIELD, MessageNames.ALL), FieldText.parse(after, FIELD, MessageNames.ALL));
    }

    private static String origin(String url) {
        var found = ORIGIN.matcher(url);
        return found.find() ? found.group() : url;
    }

    /** Returns a URL of the same host and form, to be checked in its place. */
    public String sample() {
        return in(name -> STAND_IN);
    }

    /** Returns the URL for a message, with nothing beside it in the request. */
    public String in(Values values) {
        return in(values, new Room());
    }

    /**
     * Returns the URL for a message.
     *
     * @throws CannotBeException if a value would lead elsewhere, encoded or not, or there is no room for it
     */
    public String in(Values values, Room room) {
        String address = path.in(values, UrlTemplate::encoded, room);
        if (DOTS.matcher(address).find()) {
            throw new CannotBeException("A part of the path of outboundUrl would be dots alone, which lead elsewhere");
        }
        return address + query.in(values, UrlTemplate::encoded, room);
    }

    private static String encoded(String value) {
        StringBuilder out = new StringBuilder();
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            int octet = each & 0xff;
            boolean plain = octet < 0x80 && (Character.isLetterOrDigit(octet) || UNRESERVED.indexOf(octet) >= 0);
            if (plain) {
                out.append((char) octet);
            } else {
                out.append(String.format("%%%02X", octet));
            }
        }
        return out.toString();
    }
}
