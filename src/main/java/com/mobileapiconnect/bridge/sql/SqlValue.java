package com.mobileapiconnect.bridge.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.resource.DatabaseBrand;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a field as a parameter of its column, checked here, where the column's name is known. */
record SqlValue(@Nullable Object value, SqlColumn column) {

    private static final Map<Integer, BigInteger> LARGEST = Map.of(
            Types.TINYINT, BigInteger.valueOf(255), // SQL Server's has no sign
            Types.SMALLINT, BigInteger.valueOf(65_535),
            Types.INTEGER, BigInteger.valueOf(4_294_967_295L),
            Types.BIGINT, BigInteger.valueOf(Long.MAX_VALUE));
    private static final Map<String, Boolean> FLAGS =
            Map.of("true", true, "1", true, "yes", true, "false", false, "0", false, "no", false);

    /** Says which column a value does not fit, and why; never quotes the value. */
    static final class UnfitException extends Exception {
        UnfitException(SqlColumn column, String why) {
            super("The column " + column.name() + " " + why, null, false, false);
        }
    }

    static SqlValue of(JsonNode field, SqlColumn column, DatabaseBrand brand) throws UnfitException {
        if (field.isNull()) {
            if (!column.optional()) {
                throw new UnfitException(column, "must have a value, and the message has none");
            }
            return new SqlValue(null, column);
        }
        String text = field.isContainerNode() ? field.toString() : field.asText();
        if (text.indexOf('\0') >= 0) {
            throw new UnfitException(column, "cannot have a character of code 0");
        }
        try {
            return new SqlValue(converted(text, column, brand), column);
        } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
            throw unfit(column);
        }
    }

    private static UnfitException unfit(SqlColumn column) {
        return new UnfitException(column, "takes " + column.described() + ", and the value is none");
    }

    private static Object converted(String text, SqlColumn column, DatabaseBrand brand) throws UnfitException {
        return switch (column.kind()) {
            case TEXT -> text(text, column);
            case WHOLE -> whole(text, column);
            case NUMBER -> number(text.strip());
            case BOOLEAN -> flag(text, column);
            case DATE, TIME, TIMESTAMP -> brand == DatabaseBrand.SQLITE ? text : time(text.strip(), column);
            case OTHER -> text;
            case BYTES -> throw new UnfitException(column, "takes bytes, which no field gives");
        };
    }

    private static String text(String text, SqlColumn column) throws UnfitException {
        int characters = text.codePointCount(0, text.length());
        if (column.most() > 0 && characters > column.most()) {
            throw new UnfitException(
                    column, "takes at most " + column.most() + " characters, and the value has " + characters);
        }
        return text;
    }

    /** Databases without a type for flags, such as Oracle, have numbers for them. */
    private static BigDecimal number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> BigDecimal.ONE;
            case "false" -> BigDecimal.ZERO;
            default -> new BigDecimal(text);
        };
    }

    private static Object whole(String text, SqlColumn column) throws UnfitException {
        String written = text.strip().toLowerCase(Locale.ROOT);
        if (written.equals("true") || written.equals("false")) {
            return written.equals("true") ? 1L : 0L;
        }
        BigInteger number = new BigDecimal(written).toBigIntegerExact();
        BigInteger largest = LARGEST.getOrDefault(column.type(), BigInteger.valueOf(Long.MAX_VALUE));
        if (number.abs().compareTo(largest) > 0) {
            throw new UnfitException(column, "takes smaller numbers (" + column.typeName() + ")");
        }
        return number.longValueExact();
    }

    private static boolean flag(String text, SqlColumn column) throws UnfitException {
        Boolean flag = FLAGS.get(text.strip().toLowerCase(Locale.ROOT));
        if (flag == null) {
            throw unfit(column);
        }
        return flag;
    }

    private static Object time(String text, SqlColumn column) {
        return switch (column.kind()) {
            case DATE -> text.length() > 10 ? moment(text).toLocalDate() : LocalDate.parse(text);
            case TIME -> text.indexOf('T') >= 0 ? moment(text).toLocalTime() : LocalTime.parse(text);
            default -> column.hasZone() ? moment(text) : moment(text).toLocalDateTime();
        };
    }

    /** Returns a time in UTC; a column without a zone gets it so. */
    private static OffsetDateTime moment(String text) {
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
        }
        String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
        try {
            return Instant.from(OffsetDateTime.parse(iso)).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException noZone) {
            return LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
        }
    }

    void set(PreparedStatement statement, int index) throws SQLException {
        if (value == null) {
            statement.setNull(index, column.kind() == SqlColumn.Kind.OTHER ? Types.OTHER : column.type());
        } else if (column.kind() == SqlColumn.Kind.OTHER) {
            statement.setObject(index, value, Types.OTHER);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else {
            statement.setObject(index, value);
        }
    }
}
