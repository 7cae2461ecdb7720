package com.mobileapiconnect.bridge.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A database whose next commit can lose its answer, as when the connection to a server ends in that moment. */
public final class UnsureCommits {

    private static final String CONNECTION_LOST = "08006";

    /** What becomes of the next commit. */
    public enum Next {
        USUAL,
        LOST_AFTER,
        LOST_BEFORE
    }

    private volatile Next next = Next.USUAL;

    public void next(Next commit) {
        next = commit;
    }

    public Dialect of(Dialect dialect) {
        return (Dialect) Proxy.newProxyInstance(
                Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, args) -> {
                    Object result = call(method, dialect, args);
                    return switch (method.getName()) {
                        case "openWriter" -> of((Connection) result);
                        case "mayHaveCommitted", "hasEnded" -> true;
                        default -> result;
                    };
                });
    }

    private Connection of(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (!method.getName().equals("commit") || next == Next.USUAL) {
                        return call(method, connection, args);
                    }
                    if (next == Next.LOST_AFTER) {
                        connection.commit();
                    }
                    next = Next.USUAL;
                    throw new SQLException("The connection is gone", CONNECTION_LOST);
                });
    }

    private static Object call(Method method, Object on, Object[] args) throws Throwable {
        try {
            return method.invoke(on, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
