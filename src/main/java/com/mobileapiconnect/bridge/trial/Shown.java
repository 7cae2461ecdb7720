package com.mobileapiconnect.bridge.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.message.Graphemes;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.message.WireTime;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * Values of an exchange for people: bounded, and without secrets. A secret is what a name says, what looks like a key, and
 * the value of every setting of the route whose name says so.
 */
final class Shown {

    static final int LONGEST_BODY = 2_000;
    static final int LONGEST_VALUE = 500;
    static final int MOST_VALUES = 30;

    private static final String HIDDEN = "…";
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(password|passphrase|passwd|secret|token|credential|authorization|cookie|api-?_?key|private-?_?key|signature).*");
    private static final Pattern LOOKS_SECRET = Pattern.compile(
            "(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}|\\b(whsec|sk_live|sk_operator|dvt)_[\\w+/=-]{8,}");
    /** Longer texts are not looked through: they are cut anyway. */
    private static final int LOOKED_THROUGH = 20_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> secrets;

    /** @param secrets values that are hidden wherever they are */
    Shown(Collection<String> secrets) {
        this.secrets = secrets.stream().filter(each -> each.length() > 3).toList();
    }

    static boolean isSecretName(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    @Nullable String body(@Nullable Object body) {
        return body == null ? null : cut(text(body), LONGEST_BODY);
    }

    Map<String, String> properties(Exchange exchange) {
        return values(exchange.getProperties());
    }

    Map<String, String> headers(Exchange exchange) {
        return values(exchange.getMessage().getHeaders());
    }

    String failure(Throwable failure) {
        return cut(failure.getClass().getSimpleName() + ": " + failure.getMessage(), LONGEST_VALUE);
    }

    @Nullable String text(@Nullable String text) {
        return text == null ? null : cut(text, LONGEST_VALUE);
    }

    String uri(String uri) {
        return cut(URISupport.sanitizeUri(uri).replace("://", ":"), LONGEST_VALUE);
    }

    private Map<String, String> values(Map<String, Object> values) {
        Map<String, String> shown = new TreeMap<>();
        new TreeMap<>(values).forEach((name, value) -> {
            boolean ours = name.equals("call") || (name.startsWith("Camel") && !name.endsWith("Index"));
            if (value != null && !ours && shown.size() < MOST_VALUES) {
                shown.put(cut(name, LONGEST_VALUE), isSecretName(name) ? HIDDEN : cut(text(value), LONGEST_VALUE));
            }
        });
        return shown;
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        } else if (value instanceof Collection<?> || value instanceof Map<?, ?> || value instanceof InboundMessage) {
            return json(value);
        } else if (value instanceof Attempt attempt) {
            return "number " + attempt.number();
        } else if (value instanceof Device device) {
            return device.id();
        }
        return String.valueOf(value);
    }

    private static String json(Object value) {
        try {
            Object plain = value instanceof Collection<?> many
                    ? many.stream().limit(MOST_VALUES).map(Shown::plain).toList()
                    : plain(value);
            return JSON.writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            return String.valueOf(value);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (!(value instanceof InboundMessage message)) {
            return value instanceof Map<?, ?> || value instanceof Number || value instanceof Boolean || value == null
                    ? value
                    : String.valueOf(value);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", message.id());
        fields.put("from", message.from());
        fields.put("to", message.to());
        fields.put("text", message.text());
        fields.put("ref", message.ref());
        fields.put("sim", message.sim());
        fields.put("receivedAt", WireTime.format(message.receivedAt()));
        fields.put("deviceId", message.deviceId());
        return fields;
    }

    private String cut(String text, int most) {
        String part = text.length() <= LOOKED_THROUGH ? text : text.substring(0, LOOKED_THROUGH);
        for (String secret : secrets) {
            part = part.replace(secret, HIDDEN);
        }
        part = LOOKS_SECRET.matcher(part).replaceAll(HIDDEN);
        boolean longer = text.length() > LOOKED_THROUGH || part.length() > most;
        return WellFormed.of(longer ? Graphemes.cut(part, Math.min(part.length(), most - 1)) + "…" : part);
    }
}
