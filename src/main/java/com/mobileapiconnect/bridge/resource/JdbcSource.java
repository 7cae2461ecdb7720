package com.mobileapiconnect.bridge.resource;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Opens connections to a database, within a time, and none to the bridge's own. */
public final class JdbcSource {

    /** Longer than any call: a connection whose server says nothing any more ends by itself. */
    private static final int READ_MILLIS = 40_000;

    private static final String NO_CONNECTION = "08001";

    private final Place.Jdbc place;
    private final OwnDatabase own;
    private volatile @Nullable Driver driver;

    JdbcSource(Place.Jdbc place, OwnDatabase own) {
        this.place = place;
        this.own = own;
    }

    public DatabaseBrand brand() {
        return place.url().brand();
    }

    /** @param withinMillis the driver's own time for connecting; not every driver keeps to it */
    public Connection open(int withinMillis) throws SQLException {
        if (own.flaw(place).isPresent()) {
            throw OwnDatabase.refusal();
        }
        Properties properties = new Properties();
        if (place.username() != null) {
            properties.setProperty("user", place.username());
        }
        if (place.password() != null) {
            properties.setProperty("password", place.password().reveal());
        }
        brand().bound(properties, Math.max(1, withinMillis), READ_MILLIS);
        Connection connection = driver().connect(place.url().ofDriver(), properties);
        if (connection == null) {
            throw noDriver();
        }
        try {
            own.refuse(connection);
            begin(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void begin(Connection connection) throws SQLException {
        String first = brand().first();
        if (first != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(first);
            }
        }
    }

    private Driver driver() throws SQLException {
        Driver known = driver;
        if (known == null) {
            known = find();
            driver = known;
        }
        return known;
    }

    /** Finds the driver by the name of its class: asking for all drivers would load all. */
    private Driver find() throws SQLException {
        String name = brand().driver();
        if (name == null) {
            try {
                return DriverManager.getDriver(place.url().text());
            } catch (SQLException e) {
                throw noDriver();
            }
        }
        try {
            return (Driver) Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new SQLNonTransientConnectionException("The driver cannot be loaded", NO_CONNECTION, e);
        }
    }

    private static SQLException noDriver() {
        return new SQLNonTransientConnectionException(
                "No driver is there for this URL: put its jar into the directory of plugins", NO_CONNECTION);
    }
}
