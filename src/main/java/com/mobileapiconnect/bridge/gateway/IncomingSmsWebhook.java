package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.secret.Redacted;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Android app Incoming SMS to URL forwarder, with its usual body and without ids of its own. */
@Component
class IncomingSmsWebhook implements Gateway.Signing {

    @Override
    public String name() {
        return "incoming-sms-webhook";
    }

    @Override
    public @Nullable String flaw(GatewayRequest request, Redacted key) {
        return HexSignature.flaw(request, key);
    }

    @Override
    public Received receive(GatewayRequest request) {
        PhoneObject json =
                request.json(object -> PhoneObject.read(object, "from", "text", "sentStamp", "receivedStamp", "sim"));
        if (json == null) {
            return new Received.Unparsed("The body is no JSON object");
        }
        String received = json.textOrNumber("receivedStamp");
        return Received.captured(
                null,
                json.decoded("from"),
                null,
                json.decoded("text"),
                SimSlot.of(json.text("sim")),
                received == null ? json.textOrNumber("sentStamp") : received);
    }

    /** Any 2xx will do; otherwise the app tries again, up to 10 times. */
    @Override
    public GatewayAnswer receipt(Received received) {
        return GatewayAnswer.TAKEN;
    }
}
