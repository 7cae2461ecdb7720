package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.store.Dialect;
import com.mobileapiconnect.bridge.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Knows what is the bridge's own, under whatever name: its database, and the directories from which it runs. A writer
 * there could change what was acknowledged.
 */
@Component
class OwnDatabase {

    static final String REFUSED = "is the bridge's own database, which nothing else may use";

    private static final String NOT_ALLOWED = "42501";
    private static final List<String> DIRECTORIES =
            List.of("bridge.data-dir", "bridge.routes.dir", "bridge.plugins.dir", "bridge.connectors.dir");
    private static final List<String> USUAL = List.of("routes", "plugins", "connectors");

    private final Store store;
    private final Environment environment;

    OwnDatabase(Store store, Environment environment) {
        this.store = store;
        this.environment = environment;
    }

    /** Returns what is wrong with a place that is the bridge's own; another server tells that only to a connection. */
    Optional<String> flaw(Place place) {
        if (place instanceof Place.Jdbc jdbc) {
            Path file = file(jdbc.url());
            return file != null && (isWithin(file, data()) || isOwn(file)) ? Optional.of(REFUSED) : Optional.empty();
        }
        boolean own =
                place instanceof Place.Folder folder && directories().anyMatch(each -> isWithin(folder.path(), each));
        return own
                ? Optional.of("lies among the bridge's own directories, where nothing else may write")
                : Optional.empty();
    }

    /** Told before it is opened: under another name its log would be another file, and it would be broken. */
    private boolean isOwn(Path file) {
        Dialect own = store.dialect();
        return !own.isShared() && Files.exists(file) && own.isSame(identity(), file.toString());
    }

    /** Throws if the connection leads to the bridge's own database, by whatever name of the server. */
    void refuse(Connection other) throws SQLException {
        Dialect own = store.dialect();
        if (!other.getMetaData().getDatabaseProductName().equals(own.product())) {
            return;
        }
        try (Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery(own.identity())) {
            if (row.next() && own.isSame(identity(), String.valueOf(row.getString(1)))) {
                throw refusal();
            }
        }
    }

    private String identity() {
        return store.read(
                sql -> sql.sql(store.dialect().identity()).query(String.class).single());
    }

    static SQLException refusal() {
        return new SQLNonTransientException("This " + REFUSED, NOT_ALLOWED);
    }

    private Path data() {
        return Path.of(setting("bridge.data-dir", "data"));
    }

    private String setting(String name, String usual) {
        return String.valueOf(environment.getProperty(name, Object.class, usual)); // a path, if a program gave it
    }

    private Stream<Path> directories() {
        return Stream.concat(DIRECTORIES.stream().map(name -> setting(name, "")), USUAL.stream())
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    private static @Nullable Path file(JdbcUrl url) {
        if (url.brand() != DatabaseBrand.SQLITE) {
            return null;
        }
        String name = url.text().substring("jdbc:sqlite:".length()).replaceFirst("\\?.*", "");
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static boolean isWithin(Path path, Path directory) {
        Path own = real(directory);
        return Files.exists(own) && real(path).startsWith(own);
    }

    /** Returns where a path leads, as far as it exists. */
    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path there = whole; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(whole)).normalize();
            } catch (IOException missing) {
                // its directory, then
            }
        }
        return whole;
    }
}
