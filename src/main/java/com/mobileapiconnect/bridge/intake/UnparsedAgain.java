package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.gateway.Gateway;
import com.mobileapiconnect.bridge.gateway.Gateways;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.store.Store;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads a request again that was not understood, as its device is paired now: after its mapping was mended, or its adapter
 * changed. Doing so twice is harmless.
 */
@Component
class UnparsedAgain {

    private final Store store;
    private final MessageQueries messages;
    private final Devices devices;
    private final Gateways gateways;
    private final Contents contents;
    private final UnparsedRequests unparsed;

    UnparsedAgain(
            Store store,
            MessageQueries messages,
            Devices devices,
            Gateways gateways,
            Contents contents,
            UnparsedRequests unparsed) {
        this.store = store;
        this.messages = messages;
        this.devices = devices;
        this.gateways = gateways;
        this.contents = contents;
        this.unparsed = unparsed;
    }

    private record Kept(MessageQueries.Row row, @Nullable UnparsedRequest request) {}

    /** Returns the messages that were made of the request; throws a 404 or 409 {@link Problem} if that cannot be. */
    List<Accepted> read(String tenantId, String messageId) {
        Kept kept = store.read(sql -> messages.find(sql, tenantId, messageId)
                        .map(row -> new Kept(
                                row, UnparsedRequests.find(sql, row.message().seq()))))
                .orElseThrow(() -> Problem.notFound("message " + messageId));
        UnparsedRequest request = kept.request();
        if (request == null) {
            throw Problem.conflict(
                    "There is no request of this message: it was understood, or the request was erased.");
        } else if (request.truncated()) {
            throw Problem.conflict("The request was too long to be kept whole, so it cannot be read again.");
        }
        Device device = devices.find(kept.row().message().message().deviceId())
                .orElseThrow(() -> Problem.conflict("The device of this request is no longer paired."));
        Gateway.Receiving gateway = gateways.receiving(device.adapter())
                .or(() -> gateways.receiving(request.gateway()))
                .orElseThrow(() -> Problem.conflict("Nothing reads requests of " + request.gateway() + " any more."));
        Received received = Handover.read(
                device, gateway, request.asItCame(device.pairedAs(devices.signingKey(device.id()) != null)));
        if (received instanceof Received.Unparsed nonsense) {
            throw Problem.conflict("The request is still not understood: " + nonsense.why() + ".");
        }
        List<Accepted> accepted = contents.keep(device, identified(received, kept, messageId));
        unparsed.became(
                tenantId,
                kept.row().message().seq(),
                request,
                accepted.stream().map(each -> each.message().id()).toList());
        return accepted;
    }

    /** An SMS without an id and a time is known by its request, and came when that did. */
    private static Received identified(Received received, Kept kept, String messageId) {
        String at = WireTime.format(kept.row().message().acceptedAt());
        if (received instanceof Received.Batch batch) {
            AtomicInteger n = new AtomicInteger();
            return new Received.Batch(batch.all().stream()
                    .map(sms -> sms.orElse(messageId + "-" + n.incrementAndGet(), at))
                    .toList());
        }
        return received instanceof Received.Captured sms ? sms.orElse(messageId, at) : received;
    }
}
