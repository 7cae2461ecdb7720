package com.mobileapiconnect.bridge.delivery;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** All that is logged while it is open: at the level the bridge runs with, and by the sender's own classes at any. */
final class LogLines implements AutoCloseable {

    /** Proves that lines are seen. */
    static final String FIRST = "The log begins";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("com.mobileapiconnect.bridge");
    private final Level rootBefore = root.getLevel();
    private final Level ownBefore = own.getLevel();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    LogLines() {
        root.setLevel(Level.INFO);
        own.setLevel(Level.TRACE);
        events.start();
        root.addAppender(events);
        own.info(FIRST);
    }

    List<String> lines() {
        root.detachAppender(events);
        List<ILoggingEvent> all;
        synchronized (events) { // the appender's own lock: somebody may have begun a line before it was detached
            all = List.copyOf(events.list);
        }
        return all.stream()
                .map(event -> {
                    IThrowableProxy failure = event.getThrowableProxy();
                    return event.getFormattedMessage() + (failure == null ? "" : ThrowableProxyUtil.asString(failure));
                })
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(events);
        root.setLevel(rootBefore);
        own.setLevel(ownBefore);
    }
}
