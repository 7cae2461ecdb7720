package com.mobileapiconnect.bridge.sql;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.resource.SqlFault;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CompletionException;

/** The outcome of a row. */
final class SqlOutcome {

    private static final Evidence NOTHING_TO_SAY = new Evidence(null, null, null, null);

    private SqlOutcome() {}

    /** The row is there, under the delivery's id. */
    static Outcome done(String key) {
        return new Outcome.Delivered(NOTHING_TO_SAY, false, ExternalRecord.of(key, null));
    }

    static Outcome unfit(String words) {
        return new Outcome.Rejected(Evidence.failure(ErrorClass.MAPPING, words));
    }

    static Outcome rejected(String words) {
        return new Outcome.Rejected(Evidence.failure(ErrorClass.SYSTEM, words));
    }

    static Outcome later(ErrorClass stage, String words) {
        return new Outcome.Retry(Evidence.failure(stage, words), null);
    }

    /** The outcome of a failed call, of which nothing else is known. */
    static Outcome of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof SQLTimeoutException) {
            return later(ErrorClass.TIMEOUT, String.valueOf(cause.getMessage()));
        } else if (cause instanceof SQLException sql) {
            return of(SqlFault.of(sql));
        }
        return later(ErrorClass.UNKNOWN, cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }

    static Outcome of(SqlFault fault) {
        return switch (fault.kind()) {
            case CONSTRAINT, VALUE, STATEMENT -> rejected(fault.words());
            // Not of class login, which disables the connection: the login is the operator's, who mends it for all.
            case LOGIN -> later(ErrorClass.CONNECT, "The database refused the operator's login: " + fault.words());
            case CONNECT -> later(ErrorClass.CONNECT, fault.words());
            case TLS -> later(ErrorClass.TLS, fault.words());
            case BUSY, UNKNOWN -> later(ErrorClass.UNKNOWN, fault.words());
        };
    }
}
