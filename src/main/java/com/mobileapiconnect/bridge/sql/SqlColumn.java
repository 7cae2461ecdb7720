package com.mobileapiconnect.bridge.sql;

import java.sql.Types;

/**
 * A column, as the database describes it.
 *
 * @param type     of {@link Types}, as the driver gives it
 * @param typeName the database's own
 * @param size     characters of a text
 * @param optional whether an insert may leave it out
 */
record SqlColumn(String name, int type, String typeName, int size, boolean optional) {

    /** The kinds of values. */
    enum Kind {
        TEXT("a text"),
        WHOLE("a whole number"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        DATE("a date"),
        TIME("a time of the day"),
        TIMESTAMP("a time"),
        /** A type of the database's own, which takes the text of its values. */
        OTHER("a value of its own type"),
        BYTES("bytes");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final int SQLSERVER_TIME_WITH_OFFSET = -155;
    private static final int ORACLE_TIME_WITH_ZONE = -101;
    private static final int ORACLE_TIME_IN_ZONE_OF_SESSION = -102;
    private static final int ORACLE_FLOAT = 100;
    private static final int ORACLE_DOUBLE = 101;
    private static final int UNBOUNDED = 1_000_000;

    Kind kind() {
        return switch (type) {
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> Kind.TEXT;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.WHOLE;
            case Types.DECIMAL, Types.NUMERIC, Types.REAL, Types.FLOAT, Types.DOUBLE, ORACLE_FLOAT, ORACLE_DOUBLE ->
                Kind.NUMBER;
            case Types.BIT, Types.BOOLEAN -> Kind.BOOLEAN;
            case Types.DATE -> Kind.DATE;
            case Types.TIME, Types.TIME_WITH_TIMEZONE -> Kind.TIME;
            case Types.TIMESTAMP,
                    Types.TIMESTAMP_WITH_TIMEZONE,
                    SQLSERVER_TIME_WITH_OFFSET,
                    ORACLE_TIME_WITH_ZONE,
                    ORACLE_TIME_IN_ZONE_OF_SESSION -> Kind.TIMESTAMP;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BYTES;
            default -> Kind.OTHER;
        };
    }

    boolean hasZone() {
        return type == Types.TIMESTAMP_WITH_TIMEZONE
                || type == SQLSERVER_TIME_WITH_OFFSET
                || type == ORACLE_TIME_WITH_ZONE
                || type == ORACLE_TIME_IN_ZONE_OF_SESSION
                || typeName.equalsIgnoreCase("timestamptz");
    }

    /** Returns the most characters that it takes; 0 if it does not say. */
    int most() {
        boolean counts = type == Types.CHAR || type == Types.VARCHAR || type == Types.NCHAR || type == Types.NVARCHAR;
        return counts && size > 0 && size < UNBOUNDED ? size : 0;
    }

    String described() {
        return kind().words() + " (" + typeName + (most() > 0 ? "(" + most() + ")" : "") + ")";
    }
}
