package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Maps the failure of a call to an outcome: of a database by its SQL state, of a broker by the kind of its exception. */
public final class Failures {

    /** Classes of SQL states of mistakes in the data, which stay; 45 and P0 are the refusals of triggers. */
    private static final Set<String> MISTAKES = Set.of("22", "23", "42", "44", "45", "P0");
    /** The package by its name: its classes are loaded with the first call of a connector that uses them. */
    private static final String KAFKA_MISTAKES = "org.apache.kafka.common.errors.";

    private static final Set<String> TOO_LARGE = Set.of(
            KAFKA_MISTAKES + "RecordTooLargeException",
            KAFKA_MISTAKES + "RecordBatchTooLargeException",
            KAFKA_MISTAKES + "SerializationException",
            KAFKA_MISTAKES + "InvalidTopicException");

    private static final int DEEPEST = 20;

    private Failures() {}

    public static Outcome outcome(Throwable failure) {
        List<Throwable> chain = chain(failure);
        for (Throwable each : chain) {
            if (each instanceof SQLException sql) {
                return ofSql(sql);
            } else if (TOO_LARGE.contains(each.getClass().getName())) {
                return new Outcome.Rejected(Evidence.failure(ErrorClass.SYSTEM, words(each)));
            }
        }
        for (Throwable each : chain) {
            ErrorClass stage = stage(each);
            if (stage != null) {
                return new Outcome.Retry(Evidence.failure(stage, words(each)), null);
            }
        }
        return new Outcome.Retry(Evidence.failure(ErrorClass.ROUTE, words(chain.get(chain.size() - 1))), null);
    }

    /** Returns whether an SQL state says that the statement can never succeed as it is; otherwise it may later. */
    public static boolean isMistake(@Nullable String sqlState) {
        return sqlState != null && sqlState.length() >= 2 && MISTAKES.contains(sqlState.substring(0, 2));
    }

    private static Outcome ofSql(SQLException failure) {
        if (isMistake(failure.getSQLState())) {
            return new Outcome.Rejected(Evidence.failure(ErrorClass.SYSTEM, words(failure)));
        }
        ErrorClass stage = failure instanceof SQLTimeoutException ? ErrorClass.TIMEOUT : ErrorClass.UNKNOWN;
        return new Outcome.Retry(Evidence.failure(stage, words(failure)), null);
    }

    private static @Nullable ErrorClass stage(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return ErrorClass.DNS;
        } else if (failure instanceof SSLException) {
            return ErrorClass.TLS;
        } else if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return ErrorClass.CONNECT;
        }
        boolean late = failure instanceof SocketTimeoutException || failure instanceof TimeoutException;
        return late ? ErrorClass.TIMEOUT : null;
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable t = failure; t != null && chain.size() < DEEPEST; t = t.getCause()) {
            chain.add(t);
        }
        return chain;
    }

    private static String words(Throwable failure) {
        String said = String.valueOf(failure.getMessage()).strip();
        boolean isBody = said.startsWith("{") || said.startsWith("[") || said.startsWith("<");
        // Further lines of databases quote the row, and with it what nobody may read.
        String first = isBody ? said : said.lines().findFirst().orElse("");
        String words = failure.getMessage() == null ? null : SystemWords.of(first);
        return words == null ? failure.getClass().getSimpleName() : words;
    }
}
