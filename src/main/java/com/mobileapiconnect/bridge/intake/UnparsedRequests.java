package com.mobileapiconnect.bridge.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.delivery.MessageRows;
import com.mobileapiconnect.bridge.destination.BridgeEvent;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.operations.Operations;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Tenants;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps requests that could not be understood: as messages without sender and text, each with its request. No rule sees
 * such a message and no target gets it; the operations webhook is told in the same transaction.
 */
@Component
class UnparsedRequests {

    private static final String INSERT_REQUEST =
            "insert into unparsed (message_seq, accepted_at, request) values (?, ?, ?)";
    private static final String INSERT_NUMBER =
            "insert into unparsed_number (tenant_id, number_key, message_seq) values (?, ?, ?)";
    private static final String OF_MESSAGE = "select request from unparsed where message_seq = ?";
    private static final String REPLACE = "update unparsed set request = ? where message_seq = ?";
    private static final JsonMapper JSON = new JsonMapper();

    private final Store store;
    private final Tenants tenants;
    private final Operations operations;
    private final Lanes lanes;
    private final Clock clock;
    private final Counter kept;

    UnparsedRequests(
            Store store, Tenants tenants, Operations operations, Lanes lanes, Clock clock, MeterRegistry metrics) {
        this.store = store;
        this.tenants = tenants;
        this.operations = operations;
        this.lanes = lanes;
        this.clock = clock;
        this.kept = Intake.counter(metrics, "unparsed");
    }

    /** Returns when the request is durable. A repeat is kept again, because nothing identifies it as one. */
    void keep(Device device, UnparsedRequest request) {
        Intake.await(store.write(device.tenantId(), tx -> insert(tx, device, request)));
    }

    private String insert(Transaction tx, Device device, UnparsedRequest request) throws SQLException {
        Instant now = WireTime.truncate(clock.instant());
        InboundMessage message = new InboundMessage(
                MessageId.of(device.id(), null, InboundMessage.UNKNOWN, ""),
                device.tenantId(),
                device.id(),
                null,
                InboundMessage.UNKNOWN,
                null,
                "",
                null,
                null,
                now,
                Flags.NONE.with(Flags.Flag.UNPARSED));
        long seq = MessageRows.insertUnparsed(
                tx, message, tenants.get(device.tenantId()).name(), now);
        tx.sql()
                .sql(INSERT_REQUEST)
                .params(seq, now.toEpochMilli(), write(request))
                .update();
        for (String number : NamedNumbers.in(request)) {
            tx.sql().sql(INSERT_NUMBER).params(device.tenantId(), number, seq).update();
        }
        String id = message.id();
        Map<String, String> details = Map.of(
                "messageId", id, "deviceId", device.id(), "gateway", request.gateway(), "reason", request.reason());
        lanes.handOverAfter(tx, operations.tell(tx, device.tenantId(), BridgeEvent.MESSAGE_UNPARSED, details, now));
        tx.afterCommit(kept::increment);
        return id;
    }

    /** Returns the request of a message that is flagged so; null once it was erased. */
    static @Nullable UnparsedRequest find(JdbcClient sql, long messageSeq) {
        return sql.sql(OF_MESSAGE)
                .param(messageSeq)
                .query((row, n) -> read(row.getString(1)))
                .optional()
                .orElse(null);
    }

    /** Notes which messages were made of a request, if it was not erased meanwhile. */
    void became(String tenantId, long messageSeq, UnparsedRequest request, List<String> messages) {
        String json = write(request.became(messages));
        Intake.await(store.write(
                tenantId, tx -> tx.sql().sql(REPLACE).params(json, messageSeq).update()));
    }

    private static String write(UnparsedRequest request) {
        try {
            return JSON.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of texts is always JSON", e);
        }
    }

    private static UnparsedRequest read(String json) {
        try {
            return JSON.readValue(json, UnparsedRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request that was kept is no JSON", e);
        }
    }
}
