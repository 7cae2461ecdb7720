package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.gateway.Mapping.Algorithm;
import com.mobileapiconnect.bridge.gateway.Mapping.Signature;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how the requests of an app are signed. */
final class MappingSignature {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_SIGNED = 200;
    private static final int LONGEST_PREFIX = 40;
    private static final String NAME = "[A-Za-z0-9_.-]+";

    private MappingSignature() {}

    /** Returns null where the field is left out. */
    static @Nullable Signature read(Fields mapping, String name) {
        Fields fields = mapping.object(name);
        if (fields == null) {
            return null;
        }
        fields.allow("header", "parameter", "algorithm", "encoding", "prefix", "signed", "timestamp");
        String header = named(fields, "header");
        String parameter = named(fields, "parameter");
        if ((header == null) == (parameter == null)) {
            fields.wrong("header", "must be given, or else parameter: the place of the signature");
        }
        Algorithm algorithm = algorithm(fields);
        String encoding = fields.text("encoding", LONGEST_NAME);
        if (encoding != null && !encoding.equals("hex") && !encoding.equals("base64")) {
            fields.wrong("encoding", "must be hex or base64");
        }
        String prefix = fields.text("prefix", LONGEST_PREFIX);
        String signed = fields.text("signed", LONGEST_SIGNED);
        String what = signed == null ? Signature.BODY : signed;
        if (algorithm != Algorithm.SECRET && !what.contains(Signature.BODY) && !what.contains(Signature.QUERY)) {
            fields.wrong("signed", "must contain {body} or {query}: otherwise nothing of the SMS is signed");
        }
        String timestamp = named(fields, "timestamp");
        if (timestamp != null && !what.contains("{" + timestamp + "}")) {
            fields.wrong("signed", "must contain {" + timestamp + "}: otherwise the time is not signed");
        }
        return new Signature(
                header != null ? header : parameter == null ? "" : parameter,
                header != null,
                algorithm,
                "base64".equals(encoding),
                prefix == null ? "" : prefix,
                what,
                timestamp);
    }

    private static @Nullable String named(Fields fields, String name) {
        String value = fields.text(name, LONGEST_NAME);
        if (value != null && !value.matches(NAME)) {
            fields.wrong(name, "must be a name of letters, digits, dots, hyphens and underscores");
        }
        return value;
    }

    private static Algorithm algorithm(Fields fields) {
        String name = fields.text("algorithm", LONGEST_NAME);
        Algorithm found = Arrays.stream(Algorithm.values())
                .filter(each -> each.wireName().equals(name))
                .findFirst()
                .orElse(null);
        if (name != null && found == null) {
            fields.wrong(
                    "algorithm",
                    "must be one of "
                            + Arrays.stream(Algorithm.values())
                                    .map(Algorithm::wireName)
                                    .collect(Collectors.joining(", ")));
        }
        return found == null ? Algorithm.HMAC_SHA256 : found;
    }
}
