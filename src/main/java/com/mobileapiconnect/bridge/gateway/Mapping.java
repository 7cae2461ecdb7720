package com.mobileapiconnect.bridge.gateway;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The places of the fields of an SMS in the requests of an app that the bridge does not know.
 *
 * @param fields    by the bridge's own name of the field
 * @param signature how requests are signed, once the device has a signing key; null for the usual way
 */
public record Mapping(Map<String, Source> fields, @Nullable Signature signature) {

    /** The names of the fields. */
    static final List<String> FIELDS = List.of("from", "to", "text", "id", "receivedAt", "sim");

    /** Takes the bridge's own names from wherever they stand. */
    static final Mapping USUAL = new Mapping(usual(), null);

    public Mapping {
        fields = Map.copyOf(fields);
    }

    private static Map<String, Source> usual() {
        Map<String, Source> usual = new TreeMap<>();
        FIELDS.forEach(name -> usual.put(name, new Source(List.of(name), null, null)));
        return usual;
    }

    /**
     * The origin of a field.
     *
     * @param at    names of parameters or of fields of the JSON object, or JSON pointers into it; the values of several
     *              are joined by a hyphen
     * @param value stands where none of them is there, a constant if there are none
     * @param as    the form of the value: {@link #UTF_16_HEX}, or the pattern of a time; null for the usual one
     */
    public record Source(
            List<String> at,
            @Nullable String value,
            @Nullable String as) {

        static final String UTF_16_HEX = "utf-16-hex";

        public Source {
            at = List.copyOf(at);
        }
    }

    /**
     * The signature of a request.
     *
     * @param in        name of the header or parameter that has it
     * @param isHeader  whether it is a header
     * @param prefix    in front of the value; may be empty
     * @param signed    what is signed: text with {@code {body}}, {@code {query}} and names of headers in braces
     * @param timestamp name of the header with the time of the request, which is then good for minutes; null for none
     */
    public record Signature(
            String in,
            boolean isHeader,
            Algorithm algorithm,
            boolean isBase64,
            String prefix,
            String signed,
            @Nullable String timestamp) {

        static final String BODY = "{body}";
        static final String QUERY = "{query}";

        /** Returns whether what stands in the body is known to be the sender's. */
        boolean coversBody() {
            return algorithm == Algorithm.SECRET || signed.contains(BODY);
        }

        boolean coversQuery() {
            return algorithm == Algorithm.SECRET || signed.contains(QUERY);
        }
    }

    /** The way of signing. */
    public enum Algorithm {
        HMAC_SHA256("hmac-sha256", "HmacSHA256"),
        HMAC_SHA512("hmac-sha512", "HmacSHA512"),
        HMAC_SHA1("hmac-sha1", "HmacSHA1"),
        /** No signature: the key itself is given. */
        SECRET("secret", "");

        private final String wireName;
        private final String javaName;

        Algorithm(String wireName, String javaName) {
            this.wireName = wireName;
            this.javaName = javaName;
        }

        String wireName() {
            return wireName;
        }

        String javaName() {
            return javaName;
        }
    }
}
