package com.mobileapiconnect.bridge.resource;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A database as a bean that routes name; the operator may change it while they run. */
final class RouteDatabase extends AbstractDataSource implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;
    private static final String NO_CONNECTION = "08003";
    private static final long IDLE = TimeUnit.MINUTES.toMillis(1);

    private final String name;
    private volatile HikariDataSource pool;
    private volatile boolean isAway;

    RouteDatabase(String name, Place.Jdbc place, OwnDatabase own) {
        this.name = name;
        this.pool = pool(name, place, own);
    }

    /** Returns a pool that connects when it is first asked, and keeps nothing open that is not used. */
    private static HikariDataSource pool(String name, Place.Jdbc place, OwnDatabase own) {
        JdbcSource source = new JdbcSource(place, own);
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setDataSource(new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return source.open(CONNECT_MILLIS);
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        });
        pool.setMaximumPoolSize(place.maxConnections());
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(IDLE);
        pool.setConnectionTimeout(CONNECT_MILLIS);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    /** Uses another place from now on; returns what closes the connections to the one before. */
    AutoCloseable lead(String name, Place.Jdbc place, OwnDatabase own) {
        HikariDataSource before = pool;
        pool = pool(name, place, own);
        isAway = false;
        return before;
    }

    /** Leads nowhere from now on, until it leads to a place again; returns what closes the connections. */
    AutoCloseable leave() {
        isAway = true;
        return pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (isAway) {
            throw new SQLException("The operator has taken the database " + name + " away", NO_CONNECTION);
        }
        return pool.getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
