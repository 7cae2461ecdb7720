package com.mobileapiconnect.bridge.resource;

import java.net.UnknownHostException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a database, told apart by its SQLState, and where a driver gives none that says something, by its own
 * number.
 *
 * @param words for people: the first line of the database's own
 */
public record SqlFault(Kind kind, String words) {

    /** The kinds of failures, by what one does about them. */
    public enum Kind {
        /** The row breaks a rule: it may be there already. */
        CONSTRAINT,
        /** A value that the database does not take. */
        VALUE,
        /** A name in the statement is not there, or not allowed. */
        STATEMENT,
        /** The login is wrong. */
        LOGIN,
        /** The database cannot be reached. */
        CONNECT,
        /** The server's certificate is not believed, or the server speaks no TLS. */
        TLS,
        /** The database cannot do it now. */
        BUSY,
        /** A failure that nobody knows: it may be the row's own, or pass. */
        UNKNOWN
    }

    private static final int LONGEST = 300;

    private static final Set<Integer> SQLITE_LATER = Set.of(5, 6, 8, 10, 13, 14, 15);
    private static final Set<Integer> MARIADB_VALUE =
            Set.of(1048, 1264, 1265, 1292, 1364, 1366, 1367, 1406, 4025, 3819);
    private static final Set<Integer> SQLSERVER_VALUE =
            Set.of(220, 232, 241, 242, 244, 245, 248, 515, 2628, 8114, 8115, 8152);
    private static final Set<Integer> SQLSERVER_STATEMENT = Set.of(207, 208, 213, 229, 230, 544, 8101);
    /** Numbers from here on are those of triggers and procedures: of THROW and RAISERROR. */
    private static final int SQLSERVER_OWN = 50_000;

    private static final Set<Integer> SQLSERVER_LOGIN = Set.of(18452, 18456, 18470, 18486, 18487, 18488);
    /** The driver's own SQLStates, also of batches, whose failures are no class of the driver. */
    private static final Pattern SQLSERVER_STATE = Pattern.compile("S\\d{4}");

    private static final Pattern ORACLE = Pattern.compile("ORA-(\\d{5})\\b.*", Pattern.DOTALL);
    /** The first of a thousand numbers of triggers and procedures: of RAISE_APPLICATION_ERROR. */
    private static final int ORACLE_OWN = 20_000;

    private static final Set<Integer> ORACLE_LOGIN = Set.of(1005, 1017, 28000, 28001, 28003);
    private static final Set<Integer> ORACLE_VALUE = Set.of(
            1400, 1401, 1407, 1438, 1461, 1722, 1830, 1839, 1840, 1841, 1843, 1847, 1858, 1861, 2290, 6502, 12899);
    private static final Set<Integer> ORACLE_STATEMENT = Set.of(904, 913, 942, 947, 1031, 1720, 1747);
    private static final Set<Integer> ORACLE_CONNECT =
            Set.of(1033, 1034, 1089, 3113, 3114, 3135, 12170, 12505, 12514, 12528, 12541, 12545, 12547);
    private static final int SQLITE_CONSTRAINT = 19;
    private static final int SQLITE_MISMATCH = 20;
    private static final int SQLITE_TOO_BIG = 18;
    private static final int SQLITE_ERROR = 1;

    /** Returns whether the same may succeed later. */
    public boolean retry() {
        return kind != Kind.CONSTRAINT && kind != Kind.VALUE && kind != Kind.STATEMENT; // better twice asked than lost
    }

    /** Returns whether another row may do better now. */
    public boolean isOfRow() {
        return !retry() || kind == Kind.UNKNOWN;
    }

    public static SqlFault of(SQLException failure) {
        SQLException cause = cause(failure);
        return new SqlFault(kind(cause), words(cause));
    }

    /** Returns the failure that a batch, or a chain, is about. */
    private static SQLException cause(SQLException failure) {
        SQLException next = failure.getNextException();
        if (failure instanceof BatchUpdateException && next != null) {
            return next;
        }
        return failure.getCause() instanceof SQLException inner && failure.getSQLState() == null ? inner : failure;
    }

    private static Kind kind(SQLException failure) {
        if (has(failure, SSLException.class)) {
            return Kind.TLS;
        } else if (has(failure, UnknownHostException.class)) {
            return Kind.CONNECT;
        }
        Kind own = ofDriver(failure);
        return own != null ? own : ofState(failure);
    }

    private static boolean has(Throwable failure, Class<?> type) {
        int depth = 0;
        for (Throwable each = failure; each != null && depth < 10; each = each.getCause(), depth++) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    /** The numbers of drivers whose SQLStates do not tell; null if the state tells. */
    private static @Nullable Kind ofDriver(SQLException failure) {
        String driver = failure.getClass().getName();
        int code = failure.getErrorCode();
        String state = failure.getSQLState();
        if (driver.startsWith("org.sqlite.")) {
            int primary = code & 0xff; // of an extended code
            return SQLITE_LATER.contains(primary)
                    ? Kind.BUSY
                    : primary == SQLITE_CONSTRAINT
                            ? Kind.CONSTRAINT
                            : primary == SQLITE_MISMATCH || primary == SQLITE_TOO_BIG
                                    ? Kind.VALUE
                                    : primary == SQLITE_ERROR ? Kind.STATEMENT : Kind.BUSY;
        } else if (driver.startsWith("com.microsoft.")
                || (state != null && SQLSERVER_STATE.matcher(state).matches())) {
            return code >= SQLSERVER_OWN
                    ? Kind.CONSTRAINT
                    : first(code, SQLSERVER_LOGIN, SQLSERVER_VALUE, SQLSERVER_STATEMENT, Set.of());
        }
        Matcher oracle = ORACLE.matcher(String.valueOf(failure.getMessage()));
        if (oracle.matches()) {
            int number = Integer.parseInt(oracle.group(1));
            return number >= ORACLE_OWN && number < ORACLE_OWN + 1_000
                    ? Kind.CONSTRAINT
                    : first(number, ORACLE_LOGIN, ORACLE_VALUE, ORACLE_STATEMENT, ORACLE_CONNECT);
        } else if ((state == null || state.startsWith("HY") || state.startsWith("23") || state.startsWith("01"))
                && MARIADB_VALUE.contains(code)) {
            return Kind.VALUE;
        }
        return null;
    }

    private static @Nullable Kind first(
            int code, Set<Integer> login, Set<Integer> value, Set<Integer> statement, Set<Integer> connect) {
        if (login.contains(code)) {
            return Kind.LOGIN;
        } else if (value.contains(code)) {
            return Kind.VALUE;
        } else if (statement.contains(code)) {
            return Kind.STATEMENT;
        }
        return connect.contains(code) ? Kind.CONNECT : null;
    }

    private static Kind ofState(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null || state.length() < 2) {
            return failure instanceof SQLNonTransientException && !(failure instanceof SQLTransientException)
                    ? Kind.STATEMENT
                    : Kind.BUSY;
        }
        return switch (state.substring(0, 2)) {
            case "22" -> Kind.VALUE;
            case "23", "44", "45", "P0" -> Kind.CONSTRAINT; // 45 and P0: the refusals of triggers
            case "28" -> Kind.LOGIN;
            case "42", "3D", "3F" -> Kind.STATEMENT;
            case "08" -> Kind.CONNECT;
            case "25", "40", "53", "55", "57", "58", "XX" -> Kind.BUSY;
            // HYT and HY008: a time that was up.
            default -> state.startsWith("HYT") || state.equals("HY008") ? Kind.BUSY : Kind.UNKNOWN;
        };
    }

    /** The first line alone: further ones of PostgreSQL quote the row. */
    private static String words(SQLException failure) {
        String said = String.valueOf(failure.getMessage()).strip();
        String line = said.lines().findFirst().orElse("").strip();
        if (line.isEmpty()) {
            line = failure.getClass().getSimpleName();
        }
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
