package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.thread.NowAndThen;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever scheduled work fails of, as the log says it. */
class ScheduledFailuresTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(ScheduledFailures.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final ScheduledFailures failures = new ScheduledFailures(new NowAndThen(() -> 0));

    @BeforeEach
    void listen() {
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void leave() {
        log.detachAppender(said);
    }

    @Test
    void aStoreThatTakesNothingIsToldOnceWithoutATrace() {
        for (int i = 0; i < 100; i++) {
            failures.handleError(new IllegalStateException(new StoreUnavailableException("The disk is full", null)));
        }
        assertThat(said.list).singleElement().satisfies(each -> {
            assertThat(each.getFormattedMessage()).contains("The disk is full");
            assertThat(each.getThrowableProxy()).isNull();
        });
    }

    @Test
    void theDatabasesOwnWordsAreAmongThem() {
        Exception refused = new SQLException("Connection refused");
        failures.handleError(
                new StoreUnavailableException("The store does not answer", new SQLException("x", refused)));
        assertThat(said.list).singleElement().satisfies(each -> assertThat(each.getFormattedMessage())
                .endsWith("The store does not answer (Connection refused)"));
    }

    @Test
    void anythingElseIsABugAndToldInFull() {
        failures.handleError(new IllegalStateException("a bug"));
        assertThat(said.list).singleElement().satisfies(each -> {
            assertThat(each.getLevel()).isEqualTo(Level.ERROR);
            assertThat(each.getThrowableProxy().getMessage()).isEqualTo("a bug");
        });
    }
}
