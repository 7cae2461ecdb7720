package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.gateway.Gateway;
import com.mobileapiconnect.bridge.gateway.GatewayRequest;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Stores the contents of an authentic request of a gateway, and answers it when they are durable. */
@Component
class Handover {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private final LargeBodies bodies;
    private final Contents contents;
    private final AppAnswers answers;

    Handover(LargeBodies bodies, Contents contents, AppAnswers answers) {
        this.bodies = bodies;
        this.contents = contents;
        this.answers = answers;
    }

    /** Checks the raw request before anything of it is parsed; returns what is wrong with it, or null. */
    @Nullable String flaw(Gateway.Receiving gateway, GatewayRequest request, @Nullable Redacted key) {
        if (key == null) {
            return null;
        }
        return gateway instanceof Gateway.Signing signing
                ? bodies.parse(request.body(), () -> Optional.ofNullable(signing.flaw(request, key)))
                        .orElse(null)
                : "The device has a signing key, but " + gateway.name() + " does not sign.";
    }

    Reply take(Device device, Gateway.Receiving gateway, GatewayRequest request) {
        Received received = bodies.parse(request.body(), () -> read(device, gateway, request));
        if (gateway instanceof Gateway.Asking asking) {
            return answers.of(device, asking, received, () -> store(device, gateway, received, request));
        }
        store(device, gateway, received, request);
        return new Reply(gateway.receipt(received), null);
    }

    private List<Accepted> store(Device device, Gateway.Receiving gateway, Received received, GatewayRequest request) {
        if (received instanceof Received.Unparsed nonsense) {
            contents.keepRaw(device, gateway.name(), nonsense, request);
            return List.of();
        }
        return contents.keep(device, received);
    }

    /**
     * Reads a request. A request that breaks its gateway is kept too: otherwise the app would repeat it and finally
     * drop it.
     */
    static Received read(Device device, Gateway.Receiving gateway, GatewayRequest request) {
        try {
            return gateway.receive(request);
        } catch (RuntimeException e) {
            LOG.error("A request of {} for device {} could not be read and is kept", gateway.name(), device.id(), e);
            return new Received.Unparsed("The request could not be read; see the log");
        }
    }
}
