package com.mobileapiconnect.bridge.crash;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stands before the real driver and lets the fault points be reached: at statements, known by their text, and commits. */
final class FaultyDriver implements Driver {

    /** What a migration of the suite's own has in each statement. */
    static final String PROBE = "crash_probe";

    private final Driver real;

    private FaultyDriver(Driver real) {
        this.real = real;
    }

    static void install() throws SQLException {
        List<Driver> drivers = DriverManager.drivers().toList();
        for (Driver driver : drivers) {
            DriverManager.deregisterDriver(driver);
            DriverManager.registerDriver(new FaultyDriver(driver));
        }
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        Connection connection = real.connect(url, info);
        return connection == null ? null : proxy(Connection.class, new Wrapped(connection));
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return real.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return real.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return real.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return real.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return real.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FaultyDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object @Nullable [] args)
            throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** A connection, used by one thread at a time. */
    private static final class Wrapped implements InvocationHandler {

        private final Connection real;
        private boolean messages;
        private boolean outcomes;
        private boolean fanOut;
        private boolean job;
        private boolean route;

        Wrapped(Connection real) {
            this.real = real;
        }

        @Override
        public @Nullable Object invoke(Object self, java.lang.reflect.Method method, Object @Nullable [] args)
                throws Throwable {
            if (method.getName().equals("commit")) {
                return commit(method, args);
            }
            Object result = call(real, method, args);
            if (result instanceof PreparedStatement statement && args != null) {
                return proxy(PreparedStatement.class, statement(statement, (String) args[0]));
            } else if (result instanceof Statement statement) {
                return proxy(Statement.class, statement(statement, ""));
            }
            return result;
        }

        private @Nullable Object commit(java.lang.reflect.Method method, Object @Nullable [] args) throws Throwable {
            if (messages) {
                Faults.at(FaultPoint.BEFORE_COMMIT);
                Faults.soon(FaultPoint.DURING_COMMIT);
            }
            Object result = call(real, method, args);
            if (messages) {
                Faults.at(FaultPoint.AFTER_COMMIT);
            }
            if (outcomes) {
                Faults.at(FaultPoint.OUTCOME_COMMITTED);
            }
            if (fanOut) {
                Faults.at(FaultPoint.FAN_OUT_COMMITTED);
            }
            if (job) {
                Faults.at(FaultPoint.JOB_STEP_COMMITTED);
            }
            if (route) {
                Faults.at(FaultPoint.ROUTE_KEPT);
                Faults.soon(FaultPoint.ROUTE_TAKING_OVER);
            }
            route = false;
            messages = false;
            outcomes = false;
            fanOut = false;
            job = false;
            return result;
        }

        private InvocationHandler statement(Statement statement, String prepared) {
            return (self, method, args) -> {
                if (!method.getName().startsWith("execute")) {
                    return call(statement, method, args);
                }
                String sql = args != null && args.length > 0 && args[0] instanceof String text ? text : prepared;
                before(sql);
                Object result = call(statement, method, args);
                after(sql);
                return result;
            };
        }

        private void before(String sql) {
            if (isOutcome(sql)) {
                outcomes = true;
                Faults.at(FaultPoint.BEFORE_OUTCOME);
            } else if (sql.startsWith("update job set place")) {
                job = true;
                Faults.at(FaultPoint.JOB_STEP_TAKEN);
            } else if (sql.startsWith("insert into route_version")) {
                route = true;
                Faults.at(FaultPoint.ROUTE_BEGUN);
            } else if (sql.startsWith("PRAGMA wal_checkpoint") || sql.startsWith("CHECKPOINT")) {
                Faults.at(FaultPoint.CHECKPOINT);
            }
        }

        /** In the row that a delivery has, or in the one that it gets only now. */
        private static boolean isOutcome(String sql) {
            return sql.startsWith("update delivery set state = ?") || sql.startsWith("insert into delivery (state");
        }

        private void after(String sql) {
            if (sql.startsWith("insert into message (")) {
                messages = true;
                Faults.at(FaultPoint.MESSAGE_INSERTED);
            } else if (isOutcome(sql)) {
                Faults.at(FaultPoint.OUTCOME_WRITTEN);
            } else if (sql.startsWith("update fan_out") || sql.startsWith("delete from fan_out where message_seq")) {
                fanOut = true;
                Faults.at(FaultPoint.FAN_OUT_MOVED);
            } else if (sql.contains("d.next_at <= ?")) {
                Faults.at(FaultPoint.RECOVERY);
            } else if (sql.contains(PROBE)) {
                Faults.at(FaultPoint.MIGRATION);
            }
        }
    }
}
