package com.mobileapiconnect.bridge.phone;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.delivery.MessageFilter;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.AtOnce;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Credentials;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Tenants;
import com.mobileapiconnect.bridge.tracking.DeliveryQueries;
import com.mobileapiconnect.bridge.tracking.DeliveryView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows a phone what became of the SMS that it handed over lately. */
@RestController
class PhoneMessagesResource {

    private static final int MOST = 20;
    /** Deliveries that are shown of one message. */
    private static final int MOST_DELIVERIES = 20;

    private static final Duration LATELY = Duration.ofDays(7);

    private final Devices devices;
    private final Tenants tenants;
    private final AtOnce atOnce;
    private final MessageQueries messages;
    private final DeliveryQueries deliveries;
    private final Store store;
    private final Clock clock;

    PhoneMessagesResource(
            Devices devices,
            Tenants tenants,
            AtOnce atOnce,
            MessageQueries messages,
            DeliveryQueries deliveries,
            Store store,
            Clock clock) {
        this.devices = devices;
        this.tenants = tenants;
        this.atOnce = atOnce;
        this.messages = messages;
        this.deliveries = deliveries;
        this.store = store;
        this.clock = clock;
    }

    /** @param deliveries the first ones, where a message has many */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Handed(
            String id,
            @Nullable String phoneId,
            String from,
            String text,
            Instant receivedAt,
            Instant acceptedAt,
            List<String> flags,
            List<Went> deliveries) {}

    /** @param error of the last attempt */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Went(
            DeliveryView.TargetRef target,
            String status,
            @Nullable String reason,
            int attempts,
            @Nullable String error) {

        static Went of(DeliveryView view) {
            int shown = view.attempts().size();
            return new Went(
                    view.target(),
                    view.status(),
                    view.reason(),
                    view.attemptsMade(),
                    shown == 0 ? null : view.attempts().get(shown - 1).error());
        }
    }

    /**
     * Returns the newest of the last week that were accepted since the phone was paired: who pairs it anew is not shown the
     * customers' messages from before. A phone whose tenant has many others may be shown fewer.
     */
    @GetMapping("/v1/phone/messages")
    Page<Handed> list(Caller.OfDevice caller) {
        Device device = devices.speaking(caller);
        tenants.requireServed(device.tenantId());
        try (AtOnce.Held place = atOnce.take(device.tenantId(), Limit.REQUESTS_AT_ONCE)) {
            return new Page<>(store.read(device.tenantId(), sql -> handed(sql, ofThisPairing(sql, device))), null);
        }
    }

    private MessageFilter ofThisPairing(JdbcClient sql, Device device) {
        Instant now = clock.instant();
        Instant paired = Credentials.pairedAt(sql, device.id()).orElse(now);
        Instant week = now.minus(LATELY);
        return MessageFilter.between(device.tenantId(), paired.isAfter(week) ? paired : week, null)
                .and(new MessageFilter.Looked(device.id(), null, null));
    }

    private List<Handed> handed(JdbcClient sql, MessageFilter filter) {
        List<MessageQueries.Row> rows = messages.list(sql, filter, null, MOST).rows();
        Map<Long, List<DeliveryView>> went = deliveries.firstOf(
                sql, rows.stream().map(row -> row.message().seq()).toList(), MOST_DELIVERIES);
        return rows.stream()
                .map(row -> view(row, went.getOrDefault(row.message().seq(), List.of())))
                .toList();
    }

    private static Handed view(MessageQueries.Row row, List<DeliveryView> went) {
        InboundMessage message = row.message().message();
        return new Handed(
                message.id(),
                message.phoneId(),
                message.from(),
                message.text(),
                message.receivedAt(),
                row.message().acceptedAt(),
                message.flags().asSet().stream().map(WireName::wireName).toList(),
                went.stream().map(Went::of).toList());
    }
}
