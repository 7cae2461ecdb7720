package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.gateway.GatewayRequest;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.outgoing.Reports;
import java.util.List;
import org.springframework.stereotype.Component;

/** Stores what a request of a gateway says, each kind of contents in its place. */
@Component
class Contents {

    private final MessageMaker maker;
    private final Entrance phone;
    private final Parts parts;
    private final Reports reports;
    private final UnparsedRequests unparsed;
    private final Devices devices;

    Contents(
            MessageMaker maker,
            Entrance phone,
            Parts parts,
            Reports reports,
            UnparsedRequests unparsed,
            Devices devices) {
        this.devices = devices;
        this.maker = maker;
        this.phone = phone;
        this.parts = parts;
        this.reports = reports;
        this.unparsed = unparsed;
    }

    /** Returns when the contents are durable, with the messages that were made of them. */
    List<Accepted> keep(Device device, Received received) {
        if (received instanceof Received.Captured sms) {
            return phone.submit(device, List.of(maker.ofGateway(device, sms)));
        } else if (received instanceof Received.Batch batch) {
            return phone.submit(
                    device,
                    batch.all().stream()
                            .map(sms -> maker.ofGateway(device, sms))
                            .toList());
        } else if (received instanceof Received.Part part) {
            parts.take(device, part);
        } else if (received instanceof Received.StatusOf status) {
            reports.note(device.tenantId(), device.id(), status);
        } else if (received instanceof Received.Statuses statuses) {
            statuses.all().forEach(status -> reports.note(device.tenantId(), device.id(), status));
        }
        return List.of();
    }

    /** Keeps a request that was not understood. */
    void keepRaw(Device device, String gateway, Received.Unparsed nonsense, GatewayRequest request) {
        unparsed.keep(
                device,
                UnparsedRequest.of(gateway, nonsense.why(), request, KeyMask.of(devices.signingKey(device.id()))));
    }
}
