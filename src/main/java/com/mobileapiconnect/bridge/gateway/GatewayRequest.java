package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JacksonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

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

    /** Returns whether the body begins like a JSON object, whatever its type says, perhaps with a byte order mark. */
    boolean isJson() {
        for (int i = startsWithMark() ? MARK.length : 0; i < body.length; i++) {
            byte b = body[i];
            if (b == '{') {
                return true;
            } else if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return false;
    }

    private boolean startsWithMark() {
        return Arrays.equals(body, 0, Math.min(body.length, MARK.length), MARK, 0, MARK.length);
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
