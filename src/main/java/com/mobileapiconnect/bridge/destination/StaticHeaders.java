package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Extra headers that a tenant has sent with every call; not those that the contract or the protocol owns. */
final class StaticHeaders {

    static final int MOST = 20;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 4096;

    /** A token of RFC 9110, 5.6.2. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1," + LONGEST_NAME + "}");

    /** No control characters, no spaces around it. */
    private static final Pattern VALUE = Pattern.compile("|[!-~]|[!-~][ -~]*[!-~]");

    /** The contract's own, the client's own steering, and families that belong to the connection or to the body. */
    private static final Set<String> RESERVED_STARTS = Set.of("x-mac-", "webhook-", "camel", "content-", "proxy-");

    private static final Set<String> RESERVED = Set.of(
            "host",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "accept-encoding",
            "date",
            "http2-settings");

    /** Headers that say who calls or are the client's own, beside those above: none of them can be a signature. */
    private static final Set<String> NO_SIGNATURE =
            Set.of("authorization", "cookie", "user-agent", "accept", "forwarded", "origin", "referer");

    private StaticHeaders() {}

    /** Returns why a signature cannot be in a header of this name; null if it can. */
    static @Nullable String flawOfSignature(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            return "is not a header name of at most " + LONGEST_NAME + " characters";
        }
        return isReserved(lower) || NO_SIGNATURE.contains(lower)
                ? "is set by the bridge or the protocol, and cannot have the signature"
                : null;
    }

    private static boolean isReserved(String lower) {
        return RESERVED.contains(lower) || RESERVED_STARTS.stream().anyMatch(lower::startsWith);
    }

    static Map<String, Redacted> read(
            @Nullable Fields fields, Map<String, Redacted> old, boolean mayKeep, boolean auth) {
        if (fields == null) {
            return Map.of();
        }
        Map<String, Redacted> headers = new LinkedHashMap<>();
        Set<String> seen = new TreeSet<>();
        for (String name : fields.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                fields.wrong(name, "is not a header name of at most " + LONGEST_NAME + " characters");
            } else if (isReserved(lower)) {
                fields.wrong(name, "is set by the bridge or the protocol and cannot be set here");
            } else if (lower.equals("authorization") && auth) {
                fields.wrong(name, "is made from auth; give only one of the two");
            } else if (!seen.add(lower)) {
                fields.wrong(name, "is given twice, in different spellings");
            } else {
                Redacted value = SecretField.required(fields, name, old.get(name), mayKeep, StaticHeaders::fault);
                if (value != null) {
                    headers.put(name, value);
                }
            }
        }
        return Collections.unmodifiableMap(headers);
    }

    private static @Nullable String fault(@Nullable String value) {
        return value == null
                        || value.length() > LONGEST_VALUE
                        || !VALUE.matcher(value).matches()
                ? "must be at most " + LONGEST_VALUE + " printable ASCII characters without spaces around them"
                : null;
    }
}
