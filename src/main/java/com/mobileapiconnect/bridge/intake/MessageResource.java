package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Times;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.outbox.DeliveryQueries;
import com.mobileapiconnect.bridge.outbox.DeliveryView;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why did a message arrive, or not? */
@RestController
@RequestMapping("/v1/messages")
class MessageResource {

    private static final String SELECT =
            "select " + StoredMessage.COLUMNS + " from message m where m.tenant_id = :tenant";

    private final Store store;
    private final DeliveryQueries deliveries;

    MessageResource(Store store, DeliveryQueries deliveries) {
        this.store = store;
        this.deliveries = deliveries;
    }

    /**
     * @param from compared by its digits
     * @param to   likewise
     * @param q    anywhere in the text, ASCII letters in any case
     */
    @GetMapping
    Page<MessageView> list(
            Caller.OfTenant caller,
            Page.Request page,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until) {
        StringBuilder where = new StringBuilder(SELECT);
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("tenant", caller.tenantId());
        params.put("limit", page.limit() + 1);
        if (from != null) {
            where.append(" and m.sender_key = :from");
            params.put("from", PhoneNumber.key(WellFormed.of(from)));
        }
        if (to != null) {
            where.append(" and m.recipient_key = :to");
            params.put("to", PhoneNumber.key(WellFormed.of(to)));
        }
        if (q != null) {
            where.append(" and ").append(store.dialect().contains("m.text", ":q"));
            params.put(
                    "q",
                    "%" + WellFormed.of(q).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%");
        }
        if (since != null) {
            where.append(" and m.accepted_at >= :since");
            params.put("since", Times.parameter("since", since).toEpochMilli());
        }
        if (until != null) {
            where.append(" and m.accepted_at < :until");
            params.put("until", Times.parameter("until", until).toEpochMilli());
        }
        if (page.cursor() != null) {
            Position position = Position.parse(page.cursor());
            where.append(" and (m.accepted_at, m.seq) < (:at, :seq)");
            params.put("at", position.acceptedAt());
            params.put("seq", position.seq());
        }
        where.append(" order by m.accepted_at desc, m.seq desc limit :limit");
        return store.read(sql -> {
            List<StoredMessage> rows = sql.sql(where.toString())
                    .params(params)
                    .query((row, n) -> StoredMessage.read(row))
                    .list();
            Page<StoredMessage> found =
                    Page.of(rows, page, row -> Position.of(row).toString());
            Map<Long, List<DeliveryView>> byMessage = deliveries(sql, found.data());
            return found.map(row -> MessageView.of(row, byMessage.getOrDefault(row.seq(), List.of())));
        });
    }

    @GetMapping("/{id}")
    MessageView get(Caller.OfTenant caller, @PathVariable String id) {
        return store.read(sql -> sql.sql(SELECT + " and m.id = :id")
                        .param("tenant", caller.tenantId())
                        .param("id", id)
                        .query((row, n) -> StoredMessage.read(row))
                        .optional()
                        .map(row -> MessageView.of(row, deliveries.ofMessages(sql, List.of(row.seq())))))
                .orElseThrow(() -> Problem.notFound("message " + id));
    }

    private Map<Long, List<DeliveryView>> deliveries(JdbcClient sql, List<StoredMessage> messages) {
        List<Long> seqs = messages.stream().map(StoredMessage::seq).toList();
        return deliveries.ofMessages(sql, seqs).stream().collect(Collectors.groupingBy(DeliveryView::messageSeq));
    }

    /** Where a page ended. */
    private record Position(long acceptedAt, long seq) {

        static Position of(StoredMessage row) {
            return new Position(row.acceptedAt().toEpochMilli(), row.seq());
        }

        static Position parse(String cursor) {
            String[] parts = cursor.split("-", 2);
            try {
                return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[parts.length - 1]));
            } catch (NumberFormatException e) {
                throw Problem.invalid("cursor", "is not one that this list gave");
            }
        }

        @Override
        public String toString() {
            return acceptedAt + "-" + seq;
        }
    }
}
