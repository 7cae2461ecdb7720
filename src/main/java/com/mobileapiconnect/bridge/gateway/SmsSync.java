package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.gateway.Received.StatusOf;
import com.mobileapiconnect.bridge.secret.Hmac;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Android app SMSSync: SMS come in, replies go out in the answer, and the app asks for more of them as tasks. */
@Component
class SmsSync implements Gateway.Signing, Gateway.Asking {

    private static final int MOST = 500;

    @Override
    public String name() {
        return "smssync";
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "POST", "PUT");
    }

    /** The app does not sign: it gives the key itself, which must be its secret key. */
    @Override
    public @Nullable String flaw(GatewayRequest request, Redacted key) {
        String secret = request.fields().text("secret");
        return secret != null && Hmac.equal(key.reveal(), secret)
                ? null
                : "secret must be given, and be the device's signing key.";
    }

    @Override
    public Received receive(GatewayRequest request) {
        String task = request.parameters().text("task");
        if (request.method().equals("GET")) {
            return "send".equals(task) ? Received.QUESTION : new Received.Statuses(List.of());
        } else if ("sent".equals(task) || "result".equals(task)) {
            List<StatusOf> reports = request.json(SmsSync::reports);
            return reports == null
                    ? new Received.Unparsed("The body is no JSON object with reports")
                    : new Received.Statuses(reports);
        }
        Parameters fields = request.fields();
        return Received.captured(
                fields.text("message_id"),
                fields.decoded("from"),
                fields.text("sent_to"),
                fields.decoded("message"),
                null,
                fields.text("sent_timestamp"));
    }

    /** Reads the ids of SMS that the phone has taken over, and the results of those that it has sent. */
    private static List<StatusOf> reports(JsonParser json) throws IOException {
        List<StatusOf> reports = new ArrayList<>();
        PhoneObject.read(json, (name, value) -> {
            boolean taken = name.equals("queued_messages");
            boolean results = name.equals("message_result");
            if ((taken || results) && value.isExpectedStartArrayToken()) {
                while (value.nextToken() != JsonToken.END_ARRAY) {
                    StatusOf report = taken ? taken(value) : result(value);
                    if (report != null && reports.size() < MOST) {
                        reports.add(report);
                    }
                }
                return true;
            }
            return false;
        });
        return reports;
    }

    private static @Nullable StatusOf taken(JsonParser value) throws IOException {
        String id = value.currentToken() == JsonToken.VALUE_STRING ? value.getText() : null;
        value.skipChildren();
        return id == null ? null : new StatusOf(id, StatusOf.Status.SENT, null);
    }

    /** The code 0 is success; what is not known yet has -1. */
    private static @Nullable StatusOf result(JsonParser value) throws IOException {
        PhoneObject result =
                PhoneObject.read(value, "uuid", "sent_result_code", "sent_result_message", "delivered_result_code");
        String id = result.text("uuid");
        Integer sent = result.integer("sent_result_code");
        if (id == null) {
            return null;
        } else if (sent != null && sent > 0) {
            return new StatusOf(id, StatusOf.Status.FAILED, result.text("sent_result_message"));
        }
        boolean delivered = Integer.valueOf(0).equals(result.integer("delivered_result_code"));
        return new StatusOf(id, delivered ? StatusOf.Status.DELIVERED : StatusOf.Status.SENT, null);
    }

    /** The app takes an SMS for handed over only if it reads {@code success}. */
    @Override
    public GatewayAnswer receipt(Received received, List<Sms> toSend, @Nullable Redacted key) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (received instanceof Received.Statuses statuses) {
            ArrayNode ids = json.putArray("message_uuids");
            statuses.all().forEach(status -> ids.add(status.id()));
            return GatewayAnswer.of("application/json", json.toString());
        }
        ObjectNode payload = json.putObject("payload");
        boolean asked = received instanceof Received.Question;
        if (!asked) {
            payload.put("success", true).putNull("error");
        }
        if (asked || !toSend.isEmpty()) {
            payload.put("task", "send");
            if (key != null) {
                payload.put("secret", key.reveal());
            }
            ArrayNode messages = payload.putArray("messages");
            toSend.forEach(sms -> messages.addObject()
                    .put("to", sms.international(sms.to()))
                    .put("message", sms.text())
                    .put("uuid", sms.id()));
        }
        return GatewayAnswer.of("application/json", json.toString());
    }
}
