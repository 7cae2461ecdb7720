package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JacksonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's request, as it came. Its path is left out, because the device's token stands in it.
 *
 * @param urls    the ways in which the caller may have written the URL, for gateways that sign it
 * @param query   the part of the URL after the question mark, still encoded
 * @param headers from a header's name, in any case, to its value
 */
public record GatewayRequest(
        String method,
        List<String> urls,
        @Nullable String query,
        Function<String, @Nullable String> headers,
        byte[] body,
        PairedAs device) {

    public @Nullable String header(String name) {
        return headers.apply(name);
    }

    /** The fields of the query. */
    Parameters parameters() {
        return Parameters.of(query == null ? "" : query);
    }

    /** The fields of a body that is a form. */
    Parameters form() {
        return Parameters.of(new String(body, StandardCharsets.ISO_8859_1));
    }

    /** The fields of a body that is a form or a JSON object, and those of the query; in JSON without what is nested. */
    Parameters fields() {
        Parameters ofBody = isJson() ? Parameters.ofJson(body) : form();
        return query == null ? ofBody : ofBody.and(parameters());
    }

    /** Returns whether the body begins like a JSON object, whatever its type says. */
    boolean isJson() {
        for (byte b : body) {
            if (b == '{') {
                return true;
            } else if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return false;
    }

    /**
     * Reads the body as a JSON object; returns null if it is none. Texts that are no UTF-8 are read as well as can be.
     */
    <T> @Nullable T json(PhoneJson.Reader<T> reader) {
        try {
            return PhoneJson.object(body, reader);
        } catch (JacksonException e) {
            return null;
        }
    }
}
