package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Writes a mapped value as a field of its type has it. A value that cannot be of the type stays as it is, for the system to refuse
 * in its own words.
 */
final class TypedValue {

    private static final int LONGEST_NUMBER = 60;
    private static final int NANOS_OF_MICRO = 1_000;

    private TypedValue() {}

    static JsonNode of(JsonNode value, String type) {
        if (!value.isValueNode() || value.isNull()) {
            return value;
        }
        String text = value.asText().strip();
        JsonNode typed =
                switch (type) {
                    case "char" -> TextNode.valueOf(line(value.asText()));
                    case "text", "fulltext" -> TextNode.valueOf(value.asText().replace('\0', '\uFFFD'));
                    case "integer", "many2one", "one2one" -> whole(text);
                    case "float" -> number(text);
                    case "numeric" -> decimal(text);
                    case "boolean" -> bool(text);
                    case "date" -> date(text);
                    case "datetime", "timestamp" -> dateTime(text);
                    case "time" -> time(text);
                    default -> null;
                };
        return typed == null ? value : typed;
    }

    /** A field of one line takes no ends of lines and no tabs, which an SMS may have. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static @Nullable BigDecimal parse(String text) {
        try {
            return text.length() > LONGEST_NUMBER ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable JsonNode whole(String text) {
        try {
            BigDecimal number = parse(text);
            return number == null ? null : LongNode.valueOf(number.longValueExact());
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable JsonNode number(String text) {
        BigDecimal number = parse(text);
        return number == null ? null : DecimalNode.valueOf(number);
    }

    private static @Nullable JsonNode decimal(String text) {
        BigDecimal number = parse(text);
        return number == null ? null : object("Decimal").put("decimal", number.toString());
    }

    private static @Nullable JsonNode bool(String text) {
        return text.equals("true") || text.equals("false") ? BooleanNode.valueOf(text.equals("true")) : null;
    }

    private static ObjectNode object(String name) {
        return JsonNodeFactory.instance.objectNode().put("__class__", name);
    }

    private static @Nullable JsonNode date(String text) {
        try {
            LocalDateTime time = utc(text);
            LocalDate date = time == null ? LocalDate.parse(text) : time.toLocalDate();
            return put(object("date"), date);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable JsonNode dateTime(String text) {
        LocalDateTime time = utc(text);
        return time == null ? null : put(put(object("datetime"), time.toLocalDate()), time.toLocalTime());
    }

    private static @Nullable JsonNode time(String text) {
        try {
            LocalDateTime time = utc(text);
            return put(object("time"), time == null ? LocalTime.parse(text) : time.toLocalTime());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Tryton's times are in UTC, and so is a time without a zone. */
    private static @Nullable LocalDateTime utc(String text) {
        try {
            TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    text.replaceFirst(" ", "T"), OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime with
                    ? with.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                    : (LocalDateTime) parsed;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ObjectNode put(ObjectNode into, LocalDate date) {
        return into.put("year", date.getYear())
                .put("month", date.getMonthValue())
                .put("day", date.getDayOfMonth());
    }

    private static ObjectNode put(ObjectNode into, LocalTime time) {
        return into.put("hour", time.getHour())
                .put("minute", time.getMinute())
                .put("second", time.getSecond())
                .put("microsecond", time.getNano() / NANOS_OF_MICRO);
    }
}
