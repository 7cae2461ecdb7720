package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.entry.IntakeSteps;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings texts of routes to run, in one way whether they come over HTTP or were saved as files: checked, started among
 * stubs, started beside what runs, kept, and only then in its place. A failure on that way leaves all as it was.
 */
@Component
class Deployer {

    /** The most files of routes. */
    static final int MOST_ROUTES = 100;

    private static final long PATIENCE_SECONDS = 60;

    private final RouteCheck check;
    private final RoutePolicy policy;
    private final RouteSwap swap;
    private final RouteKeeper keeper;
    private final ProductTexts product;
    private final IntakeSteps intakeSteps;
    private final Clock clock;
    private final Map<String, LiveRoute> live = new ConcurrentSkipListMap<>();
    private final ReentrantLock turn = new ReentrantLock(true);
    private final AtomicLong changes = new AtomicLong();

    Deployer(
            RouteCheck check,
            RoutePolicy policy,
            RouteSwap swap,
            RouteKeeper keeper,
            ProductTexts product,
            IntakeSteps intakeSteps,
            Clock clock) {
        this.check = check;
        this.policy = policy;
        this.swap = swap;
        this.keeper = keeper;
        this.product = product;
        this.intakeSteps = intakeSteps;
        this.clock = clock;
        check.errorsFrom(() -> errors().text());
    }

    /** Returns all files of routes, by name. */
    Collection<LiveRoute> all() {
        return live.values();
    }

    /** Returns how often the texts that run have changed. */
    long changes() {
        return changes.get();
    }

    Optional<LiveRoute> find(String name) {
        return Optional.ofNullable(live.get(name));
    }

    /** Returns the text that is for every route. */
    private RouteText errors() {
        LiveRoute errors = live.get(ProductTexts.ERRORS);
        return errors == null || errors.text() == null ? productText(ProductTexts.ERRORS) : errors.text();
    }

    RouteText productText(String name) {
        return RouteYaml.read(name, product.find(name).orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Brings a text to run. Returns when it does; throws a {@link RouteRefusedException} if it cannot.
     *
     * @param origin who wants it, and how it is kept
     */
    LiveRoute put(String name, byte[] yaml, IfMatch ifMatch, RouteOrigin origin) {
        return inTurn(() -> {
            LiveRoute now = live.getOrDefault(name, LiveRoute.none(name));
            ifMatch.check(now.version());
            String wanted = new String(yaml, StandardCharsets.UTF_8);
            if (now.runs(wanted)) {
                keeper.again(name, product.is(name, wanted) ? null : yaml, origin);
                return now.failure() == null ? now : noted(now.failed(null));
            }
            RouteText text = check.check(name, yaml);
            if (!live.containsKey(name) && live.size() >= MOST_ROUTES) {
                throw Problem.conflict("There are " + MOST_ROUTES + " routes, which is the most.");
            }
            RouteSet.check(policy, text, others(name));
            RouteVersion version = origin.version(name, next(now), text.text(), clock.instant());
            return replace(now, text, version, origin);
        });
    }

    /** Checks a text as {@link #put} does, short of starting it beside what runs. */
    RouteText validate(String name, byte[] yaml) {
        RouteText text = check.check(name, yaml);
        RouteSet.check(policy, text, others(name));
        return text;
    }

    /** Ends what was edited or added: the product's own text runs again, or nothing. */
    LiveRoute delete(String name, IfMatch ifMatch, RouteOrigin origin) {
        return inTurn(() -> {
            LiveRoute now = Optional.ofNullable(live.get(name)).orElseThrow(() -> Problem.notFound("route " + name));
            ifMatch.check(now.version());
            RouteVersion version = origin.version(name, next(now), null, clock.instant());
            if (product.names().contains(name)) {
                RouteText own = productText(name);
                if (now.runs(own.text()) && now.failure() == null) {
                    keeper.again(name, null, origin);
                    return now;
                }
                return replace(now, own, version, origin);
            }
            RouteSet.checkWithout(policy, name, others(name));
            swap.swap(errors(), List.of(), cells(List.of(now)), () -> keeper.keep(version, origin));
            live.remove(name);
            changes.incrementAndGet();
            return LiveRoute.none(name);
        });
    }

    /** The number of a new version: a route that was deleted and is there again goes on counting. */
    private long next(LiveRoute now) {
        return Math.max(now.version(), keeper.last(now.name())) + 1;
    }

    /** Notes that the newest text of a file does not run; what ran goes on. */
    void failed(String name, List<RouteFault> why) {
        inTurn(() -> noted(live.getOrDefault(name, LiveRoute.none(name)).failed(why)));
    }

    private LiveRoute noted(LiveRoute now) {
        live.put(now.name(), now);
        noteSteps(now.name(), now.text());
        return now;
    }

    /** Notes whether messages may meet steps of an integrator before their phones are answered. */
    private void noteSteps(String name, @Nullable RouteText running) {
        if (product.isOfIntake(name)) {
            intakeSteps.are(name, running != null && !product.is(name, running.text()));
        }
    }

    private LiveRoute replace(LiveRoute now, RouteText text, RouteVersion version, RouteOrigin origin) {
        boolean forAll = text.name().equals(ProductTexts.ERRORS);
        RouteText errors = forAll ? text : errors();
        List<LiveRoute> touched = forAll
                ? live.values().stream().filter(each -> each.cell() != null).toList()
                : List.of(now);
        List<RouteText> texts = forAll
                ? touched.stream().map(LiveRoute::text).filter(Objects::nonNull).toList()
                : List.of(text);
        Map<String, Cell> fresh;
        try {
            noteSteps(text.name(), text); // before the first message can meet them
            fresh = swap.swap(errors, texts, cells(touched), () -> keeper.keep(version, origin));
        } catch (RuntimeException e) {
            noteSteps(now.name(), now.text());
            throw e;
        }
        if (forAll) {
            touched.forEach(each -> live.put(each.name(), each.renewed(fresh.get(each.name()))));
        }
        changes.incrementAndGet();
        return noted(now.running(text, fresh.get(text.name()), version.version(), version.at()));
    }

    /** Starts a file at the start of the bridge; nothing is kept, and it takes over with all the others. */
    void begin(RouteText text, long version, @Nullable Instant since) {
        Cell cell = text.name().equals(ProductTexts.ERRORS) ? null : swap.begun(errors(), text);
        noted(LiveRoute.none(text.name()).running(text, cell, version, since));
    }

    void takeOver() {
        cells(live.values()).forEach(Cell::takeOver);
    }

    /** Ends everything, each in this time. */
    void stop(Duration most) {
        cells(live.values()).forEach(cell -> cell.stop(most));
        swap.stop(most);
    }

    List<RouteText> others(String name) {
        return live.values().stream()
                .filter(each -> !each.name().equals(name))
                .map(LiveRoute::text)
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<Cell> cells(Collection<LiveRoute> routes) {
        List<Cell> cells = new ArrayList<>();
        routes.forEach(each -> {
            if (each.cell() != null) {
                cells.add(each.cell());
            }
        });
        return cells;
    }

    <T> T inTurn(Supplier<T> work) {
        try {
            if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.unavailable("Another route is being changed and takes long; try again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("Interrupted while another route was being changed; try again.");
        }
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }
}
