package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Times;
import com.mobileapiconnect.bridge.delivery.DeliveryCondition;
import com.mobileapiconnect.bridge.delivery.MessageFilter;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Position;
import com.mobileapiconnect.bridge.delivery.MessageQueries.Row;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tracking.DeliveryQueries;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints that show messages and their stories. */
@RestController
@RequestMapping("/v1/messages")
class MessageResource {

    private final Store store;
    private final MessageQueries messages;
    private final DeliveryQueries deliveries;
    private final Stories stories;
    private final Numbering numbering;
    private final Targets targets;

    MessageResource(
            Store store,
            MessageQueries messages,
            DeliveryQueries deliveries,
            Stories stories,
            Numbering numbering,
            Targets targets) {
        this.numbering = numbering;
        this.targets = targets;
        this.store = store;
        this.messages = messages;
        this.deliveries = deliveries;
        this.stories = stories;
    }

    /**
     * @param from   in any spelling
     * @param to     in any spelling
     * @param q      text to find anywhere, folded as rules fold it
     * @param status of one of the deliveries, which goes to the target if one is given
     * @param rule   the message's {@code matchedRuleId}
     */
    @GetMapping
    Page<MessageView> list(
            Caller.OfTenant caller,
            Page.Request page,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String rule,
            @RequestParam(required = false) @Nullable String device) {
        String tenantId = caller.tenantId();
        DeliveryCondition delivery = DeliveryCondition.of(
                tenantId,
                status == null ? null : Problem.oneOf("status", status, DeliveryCondition.STATUSES),
                targets.internalId(tenantId, target),
                targets);
        MessageFilter filter = new MessageFilter(
                        tenantId,
                        from == null ? null : numbering.numbers(tenantId, WellFormed.of(from)),
                        to == null ? null : numbering.numbers(tenantId, WellFormed.of(to)),
                        q,
                        since == null ? null : Times.parameter("since", since),
                        until == null ? null : Times.parameter("until", until))
                .and(new MessageFilter.Looked(device, rule, delivery));
        Position before = page.cursor() == null ? null : position(page.cursor());
        return stories.tellAll(tenantId, store.read(tenantId, sql -> rows(sql, filter, before, page)));
    }

    private Page<Stories.Told> rows(
            JdbcClient sql, MessageFilter filter, @Nullable Position before, Page.Request page) {
        MessageQueries.Found found = messages.list(sql, filter, before, page.limit() + 1);
        Page<Row> rows = Page.of(found.rows(), page, row -> Stories.cursor(row.position()));
        String next = rows.next() == null && found.end() != null ? Stories.cursor(found.end()) : rows.next();
        List<Long> seqs = rows.data().stream().map(row -> row.message().seq()).toList();
        List<Stories.Told> told = new ArrayList<>(seqs.size());
        for (DeliveryQueries.Went went : deliveries.ofMessages(sql, seqs).values()) {
            told.add(new Stories.Told(rows.data().get(told.size()), went, null));
        }
        return told.size() == seqs.size() ? new Page<>(told, next) : Stories.endingEarly(told);
    }

    @GetMapping("/{id}")
    MessageView get(Caller.OfTenant caller, @PathVariable String id) {
        Stories.Told told = store.read(caller.tenantId(), sql -> messages.find(sql, caller.tenantId(), id)
                        .map(row -> one(sql, row)))
                .orElseThrow(() -> Problem.notFound("message " + id));
        return stories.tell(caller.tenantId(), told);
    }

    /** Adds the request that was not understood, which lists leave out because it may be large. */
    private Stories.Told one(JdbcClient sql, Row row) {
        boolean unparsed = row.message().message().flags().has(Flags.Flag.UNPARSED);
        long seq = row.message().seq();
        DeliveryQueries.Went went =
                deliveries.ofMessages(sql, List.of(seq)).values().iterator().next();
        return new Stories.Told(row, went, unparsed ? UnparsedRequests.find(sql, seq) : null);
    }

    private static Position position(String cursor) {
        String[] parts = cursor.split("-", 2);
        try {
            return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[parts.length - 1]));
        } catch (NumberFormatException e) {
            throw Problem.invalid("cursor", "was not issued by this list");
        }
    }
}
