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
import com.mobileapiconnect.bridge.message.Numbers;
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
     * @param find   the sender in any spelling, or text to find anywhere: either will do
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
            @RequestParam(required = false) @Nullable String find,
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
        if (find != null) {
            if (from != null || q != null) {
                throw Problem.invalid("find", "cannot be given with from or q: it looks for both");
            }
            return found(filter, find, page);
        }
        Position before = page.cursor() == null ? null : Stories.position(page.cursor());
        Page<Stories.Told> rows = store.read(tenantId, sql -> rows(sql, filter, before, page));
        return stories.tellAll(
                tenantId,
                rows,
                told -> Stories.cursor(rows.data().get(told - 1).row().position()));
    }

    /** Returns messages from a sender, and others with the same in their text. */
    private Page<MessageView> found(MessageFilter filter, String wanted, Page.Request page) {
        Numbers sender = numbering.numbers(filter.tenantId(), WellFormed.of(wanted));
        SenderOrText.Places from = SenderOrText.Places.of(page.cursor());
        MessageFilter others = filter.saying(wanted).and(filter.looked().notFrom(sender));
        Both both = store.read(filter.tenantId(), sql -> {
            SenderOrText found = SenderOrText.of(
                    half(sql, filter.from(sender), from.bySender(), page),
                    half(sql, others, from.byText(), page),
                    page.limit());
            return new Both(found, told(sql, found.rows()));
        });
        SenderOrText found = both.found();
        Page<Stories.Told> told =
                new Page<>(both.told(), found.cursor(both.told().size()));
        return stories.tellAll(filter.tenantId(), told, found::cursor);
    }

    private record Both(SenderOrText found, List<Stories.Told> told) {}

    private SenderOrText.Half half(JdbcClient sql, MessageFilter filter, SenderOrText.Place from, Page.Request page) {
        return from.done()
                ? SenderOrText.Half.none()
                : new SenderOrText.Half(from, messages.list(sql, filter, from.before(), page.limit() + 1));
    }

    private Page<Stories.Told> rows(
            JdbcClient sql, MessageFilter filter, @Nullable Position before, Page.Request page) {
        MessageQueries.Found found = messages.list(sql, filter, before, page.limit() + 1);
        Page<Row> rows = Page.of(found.rows(), page, row -> Stories.cursor(row.position()));
        String next = rows.next() == null && found.end() != null ? Stories.cursor(found.end()) : rows.next();
        List<Stories.Told> told = told(sql, rows.data());
        return told.size() == rows.data().size() ? new Page<>(told, next) : Stories.endingEarly(told);
    }

    /** Returns what became of these messages: of the first ones, if their deliveries were tried very often. */
    private List<Stories.Told> told(JdbcClient sql, List<Row> rows) {
        List<Long> seqs = rows.stream().map(row -> row.message().seq()).toList();
        List<Stories.Told> told = new ArrayList<>(seqs.size());
        for (DeliveryQueries.Went went : deliveries.ofMessages(sql, seqs).values()) {
            told.add(new Stories.Told(rows.get(told.size()), went, null));
        }
        return told;
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
}
