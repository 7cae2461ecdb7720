package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.MessageFilter;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.delivery.NumberCondition;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.Numbers;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SMS from and to a number, newest first: two lists, each by its own index, put together page by page. */
@Component
class NumberHistory {

    private static final String SENT = "select " + Outgoing.COLUMNS + """
             from outgoing
            where tenant_id = :tenant and %s and (created_at, id) < (:at, :id)
            order by created_at desc, id desc limit :limit""";
    /** Two places: behind a message, and behind an outgoing SMS. */
    private static final Pattern CURSOR =
            Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})\\.([0-9]{1,18})\\.([0-9a-z_-]{1,64})");

    private static final long END_OF_TIME = Long.MAX_VALUE / 10;

    private final MessageQueries messages;
    private final Numbering numbering;
    private final Store store;

    NumberHistory(MessageQueries messages, Numbering numbering, Store store) {
        this.messages = messages;
        this.numbering = numbering;
        this.store = store;
    }

    /**
     * @param direction {@code in} or {@code out}
     * @param number    as it was written
     * @param status    of an outgoing SMS; null for a message
     */
    record Entry(
            String direction,
            String id,
            Instant at,
            String number,
            String deviceId,
            String text,
            @Nullable String ref,
            @Nullable String status) {

        static Entry of(MessageQueries.Row row) {
            InboundMessage message = row.message().message();
            return new Entry(
                    "in",
                    message.id(),
                    row.message().acceptedAt(),
                    message.from(),
                    message.deviceId(),
                    message.text(),
                    message.ref(),
                    null);
        }

        static Entry of(Outgoing sms) {
            return new Entry(
                    "out",
                    sms.id(),
                    sms.createdAt(),
                    sms.to(),
                    sms.deviceId(),
                    sms.text(),
                    sms.ref(),
                    sms.status().wireName());
        }
    }

    private record Place(MessageQueries.Position in, long outAt, String outId) {

        static final Place START = new Place(new MessageQueries.Position(END_OF_TIME, END_OF_TIME), END_OF_TIME, "~");

        static Place of(@Nullable String cursor) {
            if (cursor == null) {
                return START;
            }
            Matcher parts = CURSOR.matcher(cursor);
            if (!parts.matches()) {
                throw Problem.invalid("cursor", "was not issued by this list");
            }
            return new Place(
                    new MessageQueries.Position(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))),
                    Long.parseLong(parts.group(3)),
                    parts.group(4).equals(NONE) ? START.outId() : parts.group(4));
        }

        private static final String NONE = "-"; // stands for an id behind all others

        String cursor() {
            return in.acceptedAt() + "." + in.seq() + "." + outAt + "." + (outId.equals(START.outId()) ? NONE : outId);
        }

        Place behind(MessageQueries.Row row) {
            return new Place(row.position(), outAt, outId);
        }

        Place behind(Outgoing sms) {
            return new Place(in, sms.createdAt().toEpochMilli(), sms.id());
        }
    }

    Page<Entry> page(String tenantId, String number, Page.Request request) {
        Numbers numbers = numbering.numbers(tenantId, WellFormed.of(number));
        return store.read(tenantId, sql -> page(sql, tenantId, numbers, request));
    }

    private Page<Entry> page(JdbcClient sql, String tenantId, Numbers number, Page.Request request) {
        Place place = Place.of(request.cursor());
        int limit = request.limit();
        MessageFilter filter = new MessageFilter(tenantId, number, null, null, null, null);
        MessageQueries.Found found = messages.list(sql, filter, place.in(), limit + 1);
        List<MessageQueries.Row> in = found.rows();
        List<Outgoing> out = sent(sql, tenantId, number, place, limit + 1);
        List<Entry> entries = new ArrayList<>(limit);
        int i = 0;
        int o = 0;
        while (entries.size() < limit && (i < in.size() || o < out.size())) {
            if (i == in.size() && found.end() != null) {
                break; // more messages may come before the next outgoing SMS
            }
            boolean takeIn = o == out.size()
                    || (i < in.size()
                            && !in.get(i)
                                    .message()
                                    .acceptedAt()
                                    .isBefore(out.get(o).createdAt()));
            if (takeIn) {
                place = place.behind(in.get(i));
                entries.add(Entry.of(in.get(i++)));
            } else {
                place = place.behind(out.get(o));
                entries.add(Entry.of(out.get(o++)));
            }
        }
        boolean more = i < in.size() || o < out.size() || found.end() != null;
        return new Page<>(entries, more ? place.cursor() : null);
    }

    private static List<Outgoing> sent(JdbcClient sql, String tenantId, Numbers number, Place place, int limit) {
        NumberCondition is = new NumberCondition(number, "to");
        return sql.sql(SENT.formatted(is.on("recipient", "region")))
                .param("tenant", tenantId)
                .params(is.params())
                .param("at", place.outAt())
                .param("id", place.outId())
                .param("limit", limit)
                .query((row, n) -> Outgoing.read(row))
                .list();
    }
}
