package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Times;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.rule.RuleTrace;
import com.mobileapiconnect.bridge.rulebook.Rulebooks;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tracking.DeliveryQueries;
import com.mobileapiconnect.bridge.tracking.DeliveryView;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private static final String FROM = " from message m where m.tenant_id = :tenant";
    private static final String SELECT = "select " + StoredMessage.COLUMNS + ", m.rule_version" + FROM;
    private static final String SELECT_ONE =
            "select " + StoredMessage.COLUMNS + ", m.rule_version, m.raw" + FROM + " and m.id = :id";

    private static final String POSITIONS = "select m.accepted_at, m.seq from message m where m.tenant_id = :tenant";
    private static final int LOOKED_AT = 10_000;

    private final Store store;
    private final DeliveryQueries deliveries;
    private final Rulebooks rulebooks;

    MessageResource(Store store, DeliveryQueries deliveries, Rulebooks rulebooks) {
        this.store = store;
        this.deliveries = deliveries;
        this.rulebooks = rulebooks;
    }

    /** @param ruleVersion 0: there were no rules */
    private record Row(StoredMessage message, long ruleVersion) {

        static Row read(ResultSet row) throws SQLException {
            return new Row(StoredMessage.read(row), row.getLong("rule_version"));
        }

        long seq() {
            return message.seq();
        }
    }

    /** @param raw a request that was not understood; it may be large, so lists leave it out */
    private record One(Row row, @Nullable String raw) {}

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
        String inOrder = " order by m.accepted_at desc, m.seq desc";
        return store.read(sql -> {
            // What a text contains no index knows: a page looks so far, then it comes short and says where to go on.
            Position end = q == null ? null : boundary(sql, where + inOrder, params);
            StringBuilder query = new StringBuilder(where);
            if (end != null) {
                query.append(" and (m.accepted_at, m.seq) >= (:endAt, :endSeq)");
                params.put("endAt", end.acceptedAt());
                params.put("endSeq", end.seq());
            }
            if (q != null) {
                query.append(" and ").append(store.dialect().contains("m.text", ":q"));
                params.put(
                        "q",
                        "%"
                                + WellFormed.of(q)
                                        .replace("!", "!!")
                                        .replace("%", "!%")
                                        .replace("_", "!_") + "%");
            }
            List<Row> rows = sql.sql(query + inOrder + " limit :limit")
                    .params(params)
                    .query((row, n) -> Row.read(row))
                    .list();
            Page<Row> found =
                    Page.of(rows, page, row -> Position.of(row.message()).toString());
            String next = found.next() == null && end != null ? end.toString() : found.next();
            Map<Long, List<DeliveryView>> byMessage = deliveries(sql, found.data());
            return new Page<>(
                    found.map(row -> view(sql, row, byMessage.getOrDefault(row.seq(), List.of())))
                            .data(),
                    next);
        });
    }

    private static @Nullable Position boundary(JdbcClient sql, String query, Map<String, @Nullable Object> params) {
        return sql.sql(POSITIONS + query.substring(SELECT.length()) + " limit 1 offset :skipped")
                .params(params)
                .param("skipped", LOOKED_AT)
                .query((row, n) -> new Position(row.getLong(1), row.getLong(2)))
                .optional()
                .orElse(null);
    }

    @GetMapping("/{id}")
    MessageView get(Caller.OfTenant caller, @PathVariable String id) {
        return store.read(sql -> sql.sql(SELECT_ONE)
                        .param("tenant", caller.tenantId())
                        .param("id", id)
                        .query((row, n) -> new One(Row.read(row), row.getString("raw")))
                        .optional()
                        .map(one -> view(sql, one)))
                .orElseThrow(() -> Problem.notFound("message " + id));
    }

    private MessageView view(JdbcClient sql, One one) {
        MessageView view = view(
                sql, one.row(), deliveries.ofMessages(sql, List.of(one.row().seq())));
        return one.raw() == null ? view : view.with(UnparsedRequests.read(one.raw()));
    }

    /** Decided once, explained when somebody asks: from the rules in the version of then. */
    private MessageView view(JdbcClient sql, Row row, List<DeliveryView> went) {
        List<RuleTrace> evaluation = rulebooks.explain(sql, row.message().message(), row.ruleVersion());
        return MessageView.of(row.message(), row.ruleVersion(), evaluation, went);
    }

    private Map<Long, List<DeliveryView>> deliveries(JdbcClient sql, List<Row> messages) {
        List<Long> seqs = messages.stream().map(Row::seq).toList();
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
                throw Problem.invalid("cursor", "was not issued by this list");
            }
        }

        @Override
        public String toString() {
            return acceptedAt + "-" + seq;
        }
    }
}
