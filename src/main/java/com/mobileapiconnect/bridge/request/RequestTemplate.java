package com.mobileapiconnect.bridge.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.mapping.CannotBeException;
import com.mobileapiconnect.bridge.mapping.FieldText;
import com.mobileapiconnect.bridge.mapping.MessageNames;
import com.mobileapiconnect.bridge.mapping.Room;
import com.mobileapiconnect.bridge.mapping.UrlTemplate;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request of a connection, with names of the message in it. Its body is a template, or the mapped fields, or else the
 * payload; with a method that has none the fields are values of the query.
 *
 * @param mediaType what the body is said to be
 * @param body      null for none of its own
 */
record RequestTemplate(
        UrlTemplate url,
        Method method,
        Written written,
        String mediaType,
        String root,
        @Nullable FieldText body) {

    private static final String BODY = "body";
    private static final String FIELDS = "fields";
    /** Stands for a name in a sample: not likely to stand there by itself. */
    private static final String STAND_IN = "x7q9z";

    /** @throws IllegalArgumentException says what of it cannot be used */
    static RequestTemplate of(ErpConnection connection) {
        String text = connection.text(BODY);
        Written written = Written.named(connection.text("contentType", "json"));
        FieldText body = text == null ? null : FieldText.parse(text, BODY, MessageNames.ALL);
        if (body != null) {
            check(body, written);
        }
        return new RequestTemplate(
                UrlTemplate.parse(connection.url()),
                Method.valueOf(connection.text("method", "POST").toUpperCase(Locale.ROOT)),
                written,
                connection.text("mediaType", written.type()),
                connection.text("root", "sms"),
                body);
    }

    /** @throws IllegalArgumentException if a name in the body could be anything but a value */
    static void check(FieldText body, Written written) {
        int[] names = {0};
        String sample = body.in(name -> STAND_IN, value -> {
            names[0]++;
            return value;
        });
        try {
            written.check(sample, STAND_IN, names[0]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The body " + e.getMessage(), e);
        }
    }

    /**
     * @throws IllegalArgumentException for fields that cannot be written so
     * @throws CannotBeException for values that cannot stand where they should, or that are too long together
     */
    HttpRequest request(ErpWrite write, Map<String, String> headers) {
        Room room = new Room();
        URI address = URI.create(url.in(write.values(), room));
        if (!method.hasBody()) {
            return new HttpRequest(method, withQuery(address, write.fields()), headers, null, true);
        }
        return HttpRequest.of(method, address, headers, new Body(mediaType, text(write, room)));
    }

    private static URI withQuery(URI address, JsonNode fields) {
        if (fields.isEmpty()) {
            return address;
        }
        String query = Room.checked(UrlTemplate.FIELD, Forms.encode(fields));
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + query);
    }

    private String text(ErpWrite write, Room room) {
        if (body != null) {
            return body.in(write.values(), written::escaped, room);
        } else if (!write.fields().isEmpty()) {
            return Room.checked(FIELDS, written.of(write.fields(), root));
        }
        return new String(write.body(), StandardCharsets.UTF_8);
    }
}
