package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.thread.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Notices saved files, or versions that another bridge has kept in a shared database, and brings them to run. A file is
 * read once two looks have found it the same, because many editors write in several steps.
 */
@Component
class RouteWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RouteWatch.class);

    private final RoutePlace place;
    private final RouteVersions versions;
    private final Deployer deployer;
    private final RouteSettings settings;
    private final ScheduledExecutorService timer = Threads.timer("route-watch");
    private final SavedFiles saved;
    private final Map<String, Long> tried = new HashMap<>();
    /** Files that were refused, perhaps because of another one, like the one that a renamed file was. */
    private final Set<String> refused = new TreeSet<>();

    private long triedAt;

    RouteWatch(RoutePlace place, RouteVersions versions, Deployer deployer, RouteSettings settings) {
        this.place = place;
        this.versions = versions;
        this.deployer = deployer;
        this.settings = settings;
        this.saved = new SavedFiles(place.folder());
    }

    void start() throws IOException {
        saved.start();
        deployer.all().stream().filter(each -> each.failure() != null).forEach(each -> refused.add(each.name()));
        triedAt = deployer.changes();
        long every = settings.lookEvery().toMillis();
        timer.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    private void look() {
        try {
            if (place.filesAreTheTruth()) {
                saved.look(this::file);
                refusedAgain();
            } else {
                versions();
            }
        } catch (StoreUnavailableException e) {
            LOG.debug("Newer versions of routes are looked for once the store answers", e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The routes in {} cannot be looked at: {}", place.folder().path(), e.toString());
        }
    }

    /** Tries again what was refused before something else has changed. */
    private void refusedAgain() throws IOException {
        while (!refused.isEmpty() && triedAt != deployer.changes()) {
            triedAt = deployer.changes();
            for (String name : List.copyOf(refused)) {
                if (saved.isKnown(name)) {
                    file(name);
                }
            }
        }
    }

    /** Returns whether it was dealt with; otherwise the next look tries again. */
    private boolean file(String name) {
        refused.remove(name);
        return tried(name, () -> {
            byte[] file = read(name);
            if (file != null) {
                deployer.put(name, file, IfMatch.ANY, RouteOrigin.OF_FILE);
            } else if (deployer.find(name).isPresent()) {
                deployer.delete(name, IfMatch.ANY, RouteOrigin.OF_FILE);
            }
        });
    }

    private byte @Nullable [] read(String name) {
        try {
            return place.folder().read(name);
        } catch (IOException e) {
            throw new RouteRefusedException("The file cannot be read: " + e, null);
        }
    }

    private void versions() {
        versions.numbers().forEach((name, number) -> {
            if (number > Math.max(running(name), tried.getOrDefault(name, 0L)) && version(name, number)) {
                tried.put(name, number);
            }
        });
    }

    private long running(String name) {
        return deployer.find(name).map(LiveRoute::version).orElse(0L);
    }

    private boolean version(String name, long number) {
        return tried(name, () -> newest(name, number).ifPresent(version -> {
            RouteOrigin origin = RouteOrigin.kept(version);
            String text = version.text();
            if (text != null) {
                deployer.put(name, text.getBytes(StandardCharsets.UTF_8), IfMatch.ANY, origin);
            } else if (deployer.find(name).isPresent()) {
                deployer.delete(name, IfMatch.ANY, origin);
            }
        }));
    }

    /** Returns a version, unless a newer one was made here or elsewhere since it was seen: that one counts. */
    private Optional<RouteVersion> newest(String name, long number) {
        return running(name) < number && versions.last(name) == number ? versions.find(name, number) : Optional.empty();
    }

    private boolean tried(String name, Runnable work) {
        try {
            // Looked at in turn, so that a PUT or DELETE cannot come between the look and what follows from it.
            boolean changed = deployer.inTurn(() -> {
                long before = running(name);
                work.run();
                return running(name) != before;
            });
            if (changed) {
                LOG.info(
                        "The route {} was changed; its version is now {} (0: none, or the product's own)",
                        name,
                        running(name));
            }
            return true;
        } catch (RouteRefusedException e) {
            failed(name, e.faults());
            return true;
        } catch (Problem e) {
            failed(name, List.of(RouteFault.of(String.valueOf(e.getMessage()), null)));
            return true;
        } catch (StoreUnavailableException e) {
            LOG.warn("The route {} was changed, and cannot be kept now: {}", name, e.getMessage());
            return false;
        }
    }

    private void failed(String name, List<RouteFault> why) {
        refused.add(name);
        if (deployer.find(name).map(LiveRoute::failure).filter(why::equals).isPresent()) {
            return; // told already
        }
        LOG.error(
                "The route {} cannot be used as it was changed: {}. What ran goes on",
                name,
                why.get(0).said());
        deployer.failed(name, why);
    }
}
