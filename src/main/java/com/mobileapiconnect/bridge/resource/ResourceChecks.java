package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.thread.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Tries out whether a resource can be reached, and says in words why not. */
@Component
class ResourceChecks implements DisposableBean {

    static final int MOST_AT_ONCE = 4;
    static final int WITHIN_SECONDS = 8;
    private static final int CONNECT_MILLIS = 5_000;
    private static final String SLOW = "did not answer within " + WITHIN_SECONDS + " seconds";

    private final OwnDatabase own;
    private final ExecutorService threads = Threads.upTo(MOST_AT_ONCE, "resource-check");

    ResourceChecks(OwnDatabase own) {
        this.own = own;
    }

    /** The fault of a place, and the field that it is about. */
    record Fault(String field, String words) {}

    /** Returns null if the place can be used. Throws a 429 {@link Problem} if too many are tried out. */
    @Nullable Fault fault(Place place) {
        Future<@Nullable Fault> check;
        try {
            check = threads.submit(() -> look(place));
        } catch (RejectedExecutionException e) {
            throw Problem.tooMuch(MOST_AT_ONCE + " resources are being tried out; try again in a moment.");
        }
        try {
            return check.get(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            check.cancel(true);
            return new Fault(field(place), SLOW);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The bridge is stopping.");
        }
    }

    private static String field(Place place) {
        return switch (place.kind()) {
            case DATABASE -> "url";
            case KAFKA -> "bootstrapServers";
            case FOLDER -> "path";
        };
    }

    private @Nullable Fault look(Place place) {
        String words = null;
        String field = field(place);
        if (place instanceof Place.Jdbc jdbc) {
            try (Connection connection = new JdbcSource(jdbc, own).open(CONNECT_MILLIS)) {
                words = connection.isReadOnly() ? "takes no writes: the connection is read-only" : null;
            } catch (SQLException e) {
                SqlFault fault = SqlFault.of(e);
                field = fault.kind() == SqlFault.Kind.LOGIN ? "password" : field;
                words = words(fault);
            }
        } else if (place instanceof Place.Kafka kafka) {
            words = KafkaCheck.fault(kafka, WITHIN_SECONDS - 1);
        } else if (place instanceof Place.Folder folder) {
            words = fault(folder.path());
        }
        return words == null ? null : new Fault(field, words);
    }

    private static String words(SqlFault fault) {
        return switch (fault.kind()) {
                    case LOGIN -> "was not accepted by the database: ";
                    case CONNECT -> "leads to no database that answers: ";
                    case TLS -> "leads to a server whose TLS is not accepted: ";
                    case STATEMENT, CONSTRAINT, VALUE -> "leads to a database that refuses: ";
                    case BUSY, UNKNOWN -> "leads to a database that cannot be used now: ";
                }
                + fault.words();
    }

    private static @Nullable String fault(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "is no directory";
        }
        try {
            Files.delete(Files.createTempFile(folder, ".erp-bridge-", ".tmp"));
            return null;
        } catch (IOException e) {
            return "is a directory in which the bridge cannot write: "
                    + e.getClass().getSimpleName();
        }
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
