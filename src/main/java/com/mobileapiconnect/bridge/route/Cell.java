package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.entry.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A version of a file as it runs, in a Camel context of its own, made and begun beside the version before. Messages enter
 * by its {@link Entry}s once they have taken over.
 */
final class Cell {

    private static final Logger LOG = LoggerFactory.getLogger(Cell.class);
    private final RouteText text;
    private final DefaultCamelContext camel;
    /** Routes that cannot run twice, while they are stopped for a newer version. */
    private final List<String> paused = new ArrayList<>();

    private volatile boolean givenUp;

    private Cell(RouteText text, DefaultCamelContext camel) {
        this.text = text;
        this.camel = camel;
    }

    /** Makes a version whose routes are whole and have not begun. */
    static Cell make(RouteContexts contexts, RouteText errors, RouteText text) throws Exception {
        Cell cell = new Cell(text, contexts.version(text.name()));
        cell.camel.setAutoStartup(false);
        try {
            if (text.name().equals(errors.name())) {
                RouteContexts.load(cell.camel, text);
            } else {
                RouteContexts.load(cell.camel, errors, text);
            }
            cell.camel.start();
            return cell;
        } catch (Throwable e) {
            cell.camel.stop();
            throw e;
        }
    }

    RouteText text() {
        return text;
    }

    String name() {
        return text.name();
    }

    CamelContext camel() {
        return camel;
    }

    /** Begins all routes, or throws. */
    void begin() throws Exception {
        camel.startAllRoutes();
        for (Route route : camel.getRoutes()) {
            boolean wanted = route.isAutoStartup();
            ServiceStatus status = camel.getRouteController().getRouteStatus(route.getRouteId());
            if (wanted && (status == null || !status.isStarted())) {
                throw new RouteRefusedException(
                        "The route " + route.getRouteId() + " did not start: it is " + status, null);
            }
        }
        if (givenUp) {
            throw new RouteRefusedException("The start took too long", null);
        }
        camel.getRoutes().forEach(Fetching::begin);
    }

    /** Returns why nothing comes in by one of its routes; null if nothing is wrong. */
    @Nullable String fault() {
        return camel.getRoutes().stream()
                .filter(this::started)
                .map(Fetching::fault)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns whether any of its routes runs. */
    boolean runs() {
        return camel.getRoutes().stream()
                .map(route -> camel.getRouteController().getRouteStatus(route.getRouteId()))
                .anyMatch(status -> status != null && status.isStarted());
    }

    void takeOver() {
        for (Route route : camel.getRoutes()) {
            if (route.getConsumer() instanceof Entry entry && started(route)) {
                entry.takeOver();
            }
        }
    }

    /** Lets nothing more enter, where no newer version has taken over. */
    void leave() {
        for (Route route : camel.getRoutes()) {
            if (route.getConsumer() instanceof Entry entry) {
                entry.leave();
            }
        }
    }

    private boolean started(Route route) {
        ServiceStatus status = camel.getRouteController().getRouteStatus(route.getRouteId());
        return status != null && status.isStarted();
    }

    /** Ends the routes that cannot run twice, like one that polls a mailbox, and lets them finish what they have. */
    void pause(Duration most) throws Exception {
        for (Route route : camel.getRoutes()) {
            if (!(route.getConsumer() instanceof Entry) && started(route)) {
                paused.add(route.getRouteId());
                camel.getRouteController().stopRoute(route.getRouteId(), most.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Begins again what was paused. */
    void resume() {
        for (String id : paused) {
            try {
                camel.getRouteController().startRoute(id);
            } catch (Exception e) {
                LOG.error("The route {} of {} cannot go on", id, text.name(), e);
            }
        }
        paused.clear();
    }

    /** Ends it without waiting for anything: it has not taken over. */
    void giveUp() {
        givenUp = true;
        stop(Duration.ofMillis(1));
    }

    /** Lets everything that has entered finish, and is gone. */
    void stop(Duration most) {
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getShutdownStrategy().setTimeout(Math.max(1, most.toMillis()));
        camel.getShutdownStrategy().setShutdownNowOnTimeout(true);
        camel.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        camel.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
        camel.stop();
    }
}
