package com.mobileapiconnect.bridge.route;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings the routes to run at the start of the bridge. A file that was changed while it was down is checked as any edit;
 * for one that cannot be used the last good text runs, and the start says so.
 */
@Component
class RouteStart {

    private static final Logger LOG = LoggerFactory.getLogger(RouteStart.class);

    private final RoutePlace place;
    private final RouteVersions versions;
    private final ProductTexts product;
    private final RouteCheck check;
    private final RoutePolicy policy;
    private final Deployer deployer;
    private final RouteKeeper keeper;
    private final Clock clock;

    RouteStart(
            RoutePlace place,
            RouteVersions versions,
            ProductTexts product,
            RouteCheck check,
            RoutePolicy policy,
            Deployer deployer,
            RouteKeeper keeper,
            Clock clock) {
        this.place = place;
        this.versions = versions;
        this.product = product;
        this.check = check;
        this.policy = policy;
        this.deployer = deployer;
        this.keeper = keeper;
        this.clock = clock;
    }

    /** A file on its way to run. */
    private final class Candidate {

        final String name;
        final @Nullable RouteVersion last;
        /** The text that has run before, or the product's own; null if there is none. */
        final @Nullable String good;

        @Nullable RouteText text;
        /** The version to keep once the text runs; null if nothing has changed. */
        @Nullable RouteVersion change;

        @Nullable List<RouteFault> failure;

        Candidate(String name, @Nullable RouteVersion last) {
            this.name = name;
            this.last = last;
            this.good = last != null && last.text() != null
                    ? last.text()
                    : product.find(name).orElse(null);
        }

        long version() {
            return last == null ? 0 : last.version();
        }

        /** Falls back to what has run before. */
        void refused(RouteRefusedException why) {
            failure = failure == null ? why.faults() : failure;
            change = null;
            text = good == null ? null : RouteYaml.read(name, good.getBytes(StandardCharsets.UTF_8));
        }
    }

    void run() throws IOException {
        List<String> aside = place.folder().leftAside();
        if (!aside.isEmpty()) {
            LOG.warn(
                    "These are no routes and are left aside: {}. The name of a route's file is of a-z, 0-9 and -, ends in {},"
                            + " and it lies in the directory itself",
                    String.join(", ", aside),
                    RouteFolder.SUFFIX);
        }
        List<Candidate> candidates = candidates();
        for (Candidate each : candidates) {
            if (each.change != null && each.text != null) {
                together(each, candidates);
            }
        }
        candidates.stream()
                .filter(each -> each.name.equals(ProductTexts.ERRORS))
                .forEach(this::begin);
        candidates.stream()
                .filter(each -> !each.name.equals(ProductTexts.ERRORS))
                .forEach(this::begin);
        deployer.takeOver();
        candidates.forEach(this::said);
        LOG.info("Routes: {}", where());
    }

    private String where() {
        long edited = deployer.all().stream().filter(each -> each.version() > 0).count();
        return deployer.all().size() + ", of these " + edited + " edited; "
                + (place.filesAreTheTruth()
                        ? "files saved in " + place.folder().path() + " take effect at once"
                        : "kept in the database");
    }

    private List<Candidate> candidates() throws IOException {
        Map<String, RouteVersion> last = versions.newest();
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : place.folder().look().keySet()) {
            byte[] file = place.folder().read(name);
            if (file != null) {
                files.put(name, file);
            }
        }
        TreeSet<String> names = new TreeSet<>(product.names());
        names.addAll(files.keySet());
        last.values().stream().filter(each -> each.text() != null).forEach(each -> names.add(each.name()));
        List<Candidate> candidates = new ArrayList<>();
        for (String name : names) {
            candidates.add(candidate(name, last.get(name), files.get(name)));
        }
        return candidates;
    }

    private Candidate candidate(String name, @Nullable RouteVersion last, byte @Nullable [] file) {
        Candidate candidate = new Candidate(name, last);
        byte[] wanted = place.filesAreTheTruth() || last == null ? file : bytes(last.text());
        if (wanted == null) {
            wanted = bytes(product.find(name).orElse(null));
        }
        if (Arrays.equals(wanted, bytes(candidate.good))) {
            candidate.text = wanted == null ? null : RouteYaml.read(name, wanted);
            return candidate;
        }
        boolean own = wanted != null && product.is(name, new String(wanted, StandardCharsets.UTF_8));
        String text = wanted == null || own ? null : new String(wanted, StandardCharsets.UTF_8);
        candidate.change = RouteOrigin.OF_FILE.version(name, candidate.version() + 1, text, clock.instant());
        try {
            candidate.text = wanted == null ? null : check.read(name, wanted);
        } catch (RouteRefusedException e) {
            candidate.refused(e);
        }
        return candidate;
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private void together(Candidate candidate, List<Candidate> all) {
        RouteText text = candidate.text;
        List<RouteText> others = new ArrayList<>();
        all.forEach(other -> {
            RouteText its = other.text;
            if (other != candidate && its != null) {
                others.add(its);
            }
        });
        try {
            if (text != null) {
                RouteSet.check(policy, text, others);
                check.scratch(text, Outside.NOTHING, Map.of()).close();
            }
        } catch (RouteRefusedException e) {
            candidate.refused(e);
        }
    }

    private void begin(Candidate candidate) {
        if (!began(candidate)) {
            // what has run before, and if that does not start any more, the product's own
            String own = product.find(candidate.name).orElse(null);
            if (!began(candidate) && own != null) {
                deployer.begin(deployer.productText(candidate.name), candidate.version(), since(candidate));
            }
        }
        if (candidate.failure != null) {
            deployer.failed(candidate.name, candidate.failure);
        } else if (candidate.change != null) {
            keeper.keep(candidate.change, RouteOrigin.OF_FILE);
        }
    }

    private boolean began(Candidate candidate) {
        RouteText text = candidate.text;
        RouteVersion change = candidate.change;
        if (text == null) {
            return candidate.good == null; // nothing to begin
        }
        try {
            deployer.begin(
                    text,
                    change == null ? candidate.version() : change.version(),
                    change == null ? since(candidate) : change.at());
            return true;
        } catch (RouteRefusedException e) {
            candidate.refused(e);
            return false;
        }
    }

    private static @Nullable Instant since(Candidate candidate) {
        return Optional.ofNullable(candidate.last).map(RouteVersion::at).orElse(null);
    }

    private void said(Candidate candidate) {
        List<RouteFault> failure = candidate.failure;
        if (failure != null) {
            LOG.error(
                    "The route {} cannot be used as it is in {}: {}. {}",
                    candidate.name,
                    place.folder().path(),
                    failure.get(0).said(),
                    candidate.good == null
                            ? "It does not run"
                            : "The last good text runs in its place, "
                                    + (candidate.version() == 0
                                            ? "the product's own"
                                            : "version " + candidate.version()));
        }
    }
}
