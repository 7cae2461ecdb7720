package com.mobileapiconnect.bridge.route;

import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.camel.component.kafka.TaskHealthState;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;

/** Finds out whether routes that fetch by themselves can: from a mailbox, a table, a topic. */
final class Fetching {

    /** The time in which a consumer has found its brokers. */
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    private Fetching() {}

    /** Has a route that fetches in vain say so in the log, and not fill it. */
    static void begin(Route route) {
        if (route.getConsumer() instanceof ScheduledPollConsumer polls
                && polls.getExceptionHandler() instanceof LoggingExceptionHandler usual) {
            polls.setExceptionHandler(new FailedPolls(route.getRouteId(), usual));
        }
    }

    /** Returns why nothing comes in by a route that runs; null if it fetches, or has nothing to fetch. */
    static @Nullable String fault(Route route) {
        Consumer consumer = route.getConsumer();
        if (consumer instanceof ScheduledPollConsumer polls) {
            return polls.getErrorCounter() == 0
                    ? null
                    : said(route, "its last " + polls.getErrorCounter() + " polls failed", error(polls));
        }
        // before the class, which nobody needs without Kafka
        return route.getEndpoint().getEndpointBaseUri().startsWith("kafka:") ? ofKafka(route, consumer) : null;
    }

    private static @Nullable Throwable error(ScheduledPollConsumer polls) {
        return polls.getHealthCheck() == null
                ? null
                : polls.getHealthCheck().call().getError().orElse(null);
    }

    private static @Nullable String ofKafka(Route route, Consumer consumer) {
        if (!(consumer instanceof KafkaConsumer kafka) || route.getUptimeMillis() < TO_CONNECT.toMillis()) {
            return null;
        }
        for (TaskHealthState state : kafka.healthStates()) {
            if (!state.isReady()) {
                return said(route, "no broker of " + state.getBootstrapServers() + " answers", state.getLastError());
            }
        }
        return null;
    }

    private static String said(Route route, String what, @Nullable Throwable why) {
        return "The route " + route.getRouteId() + " fetches nothing: " + what
                + (why == null ? "" : " (" + FailedPolls.words(why) + ")");
    }
}
