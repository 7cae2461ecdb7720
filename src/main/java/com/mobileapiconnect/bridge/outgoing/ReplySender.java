package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.BlockingSender;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.thread.Workers;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The sender of the connector {@code reply}: queues an automatic reply for the phone that sends it, if the guards allow
 * it. Delivered means queued; the delivery shows the fate of the SMS.
 */
@Component
class ReplySender extends BlockingSender {

    private static final JsonMapper JSON = new JsonMapper();

    private final OutgoingQueue queue;
    private final Devices devices;
    private final Numbering numbering;

    ReplySender(OutgoingQueue queue, Devices devices, Numbering numbering, Workers workers) {
        super(workers);
        this.queue = queue;
        this.devices = devices;
        this.numbering = numbering;
    }

    @Override
    public String connector() {
        return "reply";
    }

    /** @param body {@code {"to","text","ref","sim","deviceId"}} */
    @Override
    protected Outcome sendNow(Attempt attempt, byte[] body) throws IOException, InterruptedException {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return rejected("The body of a reply is {\"to\",\"text\",\"ref\",\"sim\",\"deviceId\"} as JSON");
        }
        String to = text(json, "to");
        String text = text(json, "text");
        String deviceId = text(json, "deviceId");
        if (to == null || text == null || text.isEmpty() || deviceId == null) {
            return rejected("A reply needs \"to\", a \"text\" that is not empty, and \"deviceId\"");
        }
        String tenantId = attempt.target().tenantId();
        Device device = devices.find(deviceId)
                .filter(each -> each.tenantId().equals(tenantId))
                .orElse(null);
        if (device == null) {
            return unpaired(deviceId);
        } else if (!device.sends()) {
            return rejected("The device " + deviceId + " sends nothing: set \"outbox\":true or a transport");
        }
        Delivery delivery = attempt.delivery();
        Integer sim = json.path("sim").isInt() ? json.path("sim").intValue() : null;
        OutgoingDraft draft = new OutgoingDraft(
                OutgoingDraft.idOf(delivery),
                tenantId,
                deviceId,
                new OutgoingDraft.Origin.Reply(delivery.id(), delivery.grantedFrom()),
                to,
                WellFormed.of(text),
                text(json, "ref"),
                sim,
                Terms.OF_REPLY,
                numbering.region(device, sim));
        try {
            return queue.reply(draft, attempt.deadlineNanos() - System.nanoTime())
                    .map(refusal -> refusal.equals(Sent.NO_PHONE) ? unpaired(deviceId) : new Outcome.Skipped(refusal))
                    .orElseGet(() -> new Outcome.Delivered(new Evidence(null, null, null, "queued as " + draft.id())));
        } catch (TimeoutException e) {
            // A repeat finds the SMS if it was queued after all.
            return new Outcome.Retry(
                    Evidence.failure(ErrorClass.TIMEOUT, "The store did not queue the reply within the timeout"), null);
        }
    }

    private static Outcome unpaired(String deviceId) {
        return rejected("The phone " + deviceId + " is not paired any more");
    }

    private static Outcome rejected(String why) {
        return new Outcome.Rejected(Evidence.failure(ErrorClass.ROUTE, why));
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.path(name).isTextual() ? json.get(name).textValue() : null;
    }
}
