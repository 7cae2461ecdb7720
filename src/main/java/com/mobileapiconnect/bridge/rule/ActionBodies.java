package com.mobileapiconnect.bridge.rule;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.message.InboundMessage;
import java.util.List;

/** The JSON bodies for the senders of replies and e-mails. */
final class ActionBodies {

    private static final JsonMapper JSON = new JsonMapper();

    private ActionBodies() {}

    static String reply(InboundMessage message, String text) {
        ObjectNode body = JSON.createObjectNode();
        body.put("to", message.from());
        body.put("text", text);
        body.put("ref", message.ref());
        body.put("sim", message.sim());
        body.put("deviceId", message.deviceId());
        return body.toString();
    }

    static String email(List<String> to, String subject, String text) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode recipients = body.putArray("to");
        to.forEach(recipients::add);
        body.put("subject", subject);
        body.put("text", text);
        return body.toString();
    }
}
