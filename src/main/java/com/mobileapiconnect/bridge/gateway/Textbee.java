package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.gateway.Received.StatusOf;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Speaks with textbee: its webhooks, and its API to push to. The receiving number and the SIM are not known there. */
@Component
class Textbee implements Gateway.Signing, Gateway.Pushing {

    @Override
    public String name() {
        return "textbee";
    }

    @Override
    public @Nullable String flaw(GatewayRequest request, Redacted key) {
        return HexSignature.flaw(request, key);
    }

    @Override
    public Received receive(GatewayRequest request) {
        PhoneObject json = request.json(object -> PhoneObject.read(
                object, "webhookEvent", "smsId", "smsBatchId", "sender", "message", "receivedAt", "errorMessage"));
        String event = json == null ? null : json.text("webhookEvent");
        if (json == null || event == null) {
            return new Received.Unparsed("The body is no JSON object with a webhookEvent");
        }
        return switch (event) {
            case "MESSAGE_RECEIVED" ->
                Received.captured(
                        json.text("smsId"),
                        json.decoded("sender"),
                        null,
                        json.decoded("message"),
                        null,
                        json.textOrNumber("receivedAt"));
            case "MESSAGE_SENT" -> status(json, StatusOf.Status.SENT);
            case "MESSAGE_DELIVERED" -> status(json, StatusOf.Status.DELIVERED);
            case "MESSAGE_FAILED" -> status(json, StatusOf.Status.FAILED);
            default -> Received.NOTHING;
        };
    }

    /** An SMS was pushed as a batch of one, whose id the answer had. */
    private static Received status(PhoneObject json, StatusOf.Status status) {
        String batch = json.text("smsBatchId");
        String id = batch == null ? json.text("smsId") : batch;
        return id == null
                ? new Received.Unparsed("The event names no message")
                : new StatusOf(id, status, json.text("errorMessage"));
    }

    /** Returns a 2xx: after a 5xx textbee tries again up to ten times, after a 4xx not as often. */
    @Override
    public GatewayAnswer receipt(Received received) {
        return GatewayAnswer.TAKEN;
    }

    @Override
    public List<TransportSetting> settings() {
        return List.of(TransportSetting.url(), TransportSetting.secret("apiKey"));
    }

    @Override
    public Push push(Sms sms, TransportValues settings) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("message", sms.text());
        json.putArray("recipients").add(sms.international(sms.to()));
        return Push.Post.json(
                URI.create(settings.text("url")), Map.of("x-api-key", settings.text("apiKey")), json.toString());
    }

    @Override
    public Push.Answer answer(@Nullable String body) {
        return new Push.Taken(GivenId.in(body, "data", "smsBatchId"));
    }
}
