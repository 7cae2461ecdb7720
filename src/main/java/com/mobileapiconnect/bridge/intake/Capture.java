package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.mobileapiconnect.bridge.api.JsonFlaw;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.gateway.PhoneJson;
import com.mobileapiconnect.bridge.gateway.PhoneObject;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the bridge's own JSON of captured messages as a stream, skipping what is unknown: a single message, or a backlog
 * of up to 500.
 */
@Component
class Capture {

    static final int MAX_SINGLE_BYTES = 1 << 20;
    private static final int MAX_BACKLOG = 500;

    private final MessageMaker maker;

    Capture(MessageMaker maker) {
        this.maker = maker;
    }

    /**
     * Returns all messages, or throws a 400, 413 or 422 {@link Problem} that names each bad field. Unknown fields are
     * ignored.
     *
     * @param partial whether a bad message of a backlog leaves the others alone
     */
    Captures read(byte[] body, Device device, boolean partial) {
        Body read = parse(body, device);
        if (read == null) {
            throw Problem.badRequest("The body must be a JSON object.");
        }
        if (read.backlog != null) {
            return read.backlog.captures(partial);
        }
        if (body.length > MAX_SINGLE_BYTES) {
            throw tooLarge();
        }
        List<Problem.FieldError> errors = new ArrayList<>();
        InboundMessage message = new CapturedFields(read.single, "", errors).message(device, maker);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return Captures.of(List.of(message));
    }

    private @Nullable Body parse(byte[] body, Device device) {
        try {
            return PhoneJson.object(body, json -> new Body(json, device));
        } catch (JacksonException e) {
            throw body.length > MAX_SINGLE_BYTES
                    ? tooLarge()
                    : Problem.badRequest("The body is not JSON in UTF-8: " + JsonFlaw.of(e));
        }
    }

    private static Problem tooLarge() {
        return Problem.tooLarge("The body is over 1 MiB and no backlog.");
    }

    /** A whole body: the fields of a single message, and a backlog if there is one. */
    private final class Body {

        private final PhoneObject single;
        private @Nullable Backlog backlog;

        Body(JsonParser json, Device device) throws IOException {
            single = CapturedFields.read(json, (name, value) -> {
                boolean mine = name.equals("messages");
                if (mine) {
                    boolean none = value.currentToken() == JsonToken.VALUE_NULL;
                    backlog = none ? null : new Backlog(value, device);
                }
                return mine;
            });
        }
    }

    /** The list of a backlog. Of a list that is too long no more messages are kept than are allowed. */
    private final class Backlog {

        private final List<Captures.Bad> bad = new ArrayList<>();
        private final List<InboundMessage> good = new ArrayList<>();
        private int size;

        Backlog(JsonParser json, Device device) throws IOException {
            if (!json.isExpectedStartArrayToken()) {
                json.skipChildren();
                return;
            }
            for (; json.nextToken() != JsonToken.END_ARRAY; size++) {
                if (size >= MAX_BACKLOG) {
                    json.skipChildren();
                } else {
                    read(json, device);
                }
            }
        }

        private void read(JsonParser json, Device device) throws IOException {
            String path = "messages[" + size + "]";
            if (!json.isExpectedStartObjectToken()) {
                json.skipChildren();
                bad.add(new Captures.Bad(size, null, List.of(new Problem.FieldError(path, "must be an object"))));
                return;
            }
            List<Problem.FieldError> errors = new ArrayList<>(0);
            CapturedFields fields = new CapturedFields(CapturedFields.read(json), path + ".", errors);
            InboundMessage message = fields.message(device, maker);
            if (errors.isEmpty()) {
                good.add(message);
            } else {
                bad.add(new Captures.Bad(size, fields.phoneId(), errors));
            }
        }

        Captures captures(boolean partial) {
            if (size == 0 || size > MAX_BACKLOG) {
                throw Problem.invalid("messages", "must be a list of 1 to " + MAX_BACKLOG + " messages");
            } else if (!partial && !bad.isEmpty()) {
                throw Problem.invalid(
                        bad.stream().flatMap(each -> each.errors().stream()).toList());
            }
            return new Captures(good, bad);
        }
    }
}
