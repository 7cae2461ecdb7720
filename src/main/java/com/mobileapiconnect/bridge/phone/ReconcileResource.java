package com.mobileapiconnect.bridge.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.delivery.ArrivedCaptures;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers a phone that lists the ids of its captures which of them never arrived, so that it can send those again. */
@RestController
class ReconcileResource {

    static final String PATH = "/v1/inbound/reconcile";

    private static final int MOST = 5_000;

    private final Devices devices;
    private final Store store;
    private final ReconcileTurns turns = new ReconcileTurns();

    ReconcileResource(Devices devices, Store store) {
        this.devices = devices;
        this.store = store;
    }

    /** @param missing in the order of the request */
    record Answer(int checked, List<String> missing) {}

    @PostMapping(PATH)
    Answer reconcile(Caller.OfDevice caller, JsonBody body) {
        Device device = devices.speaking(caller);
        List<String> ids = List.copyOf(ids(Fields.of(body)));
        try (ReconcileTurns.Turn turn = turns.take(device.tenantId())) {
            Set<String> arrived = store.read(sql -> ArrivedCaptures.of(sql, device.id(), ids));
            return new Answer(
                    ids.size(), ids.stream().filter(id -> !arrived.contains(id)).toList());
        }
    }

    private static Set<String> ids(Fields fields) {
        JsonNode list = fields.raw("ids");
        Set<String> ids = new LinkedHashSet<>();
        if (list == null || !list.isArray() || list.isEmpty() || list.size() > MOST) {
            fields.wrong("ids", "must be a list of 1 to " + MOST + " ids");
        } else {
            for (int i = 0; i < list.size(); i++) {
                String fault = fault(list.get(i));
                if (fault == null) {
                    ids.add(WellFormed.of(list.get(i).textValue()));
                } else {
                    fields.wrong("ids[" + i + "]", fault);
                }
            }
        }
        fields.orThrow();
        return ids;
    }

    private static @Nullable String fault(JsonNode id) {
        if (!id.isTextual() || id.textValue().isEmpty()) {
            return "must be a string that is not empty";
        }
        return Fields.tooLong(id.textValue(), InboundMessage.MAX_PHONE_ID);
    }
}
