package com.mobileapiconnect.bridge.route;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/**
 * Says of a route that keeps the bridge from starting: its file, the place in it, and the reason. Three lines, where the
 * stack trace has hundreds.
 */
final class RouteFailure implements FailureAnalyzer {

    private static final int LONGEST_REASON = 400;

    private final Environment environment;

    RouteFailure(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable t = failure; t != null && chain.size() < 50; t = t.getCause()) {
            chain.add(t);
        }
        return chain.stream()
                .flatMap(t -> place(t, chain).stream())
                .findFirst()
                .map(text -> new FailureAnalysis(text, null, failure))
                .orElse(null);
    }

    private Optional<String> place(Throwable t, List<Throwable> chain) {
        if (t instanceof MarkedYamlEngineException yaml) {
            return Optional.of(yaml.getProblemMark()
                    .map(mark -> lines(
                            mark.getName(),
                            "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1),
                            yaml.getProblem()))
                    .orElseGet(() -> lines("a file of the routes", "place unknown", yaml.getProblem())));
        } else if (t instanceof FailedToCreateRouteException made) {
            return Optional.of(byText(made.getRouteId(), below(t, chain)));
        } else if (t instanceof FailedToStartRouteException started) {
            return Optional.of(byText(started.getRouteId(), below(t, chain)));
        }
        return Optional.empty();
    }

    /**
     * Camel names the route and quotes what is wrong; where that stands in a file it does not say.
     *
     * @param inner the failures below the one that names the route
     */
    private String byText(@Nullable String routeId, List<Throwable> inner) {
        List<String> reasons = new ArrayList<>();
        inner.forEach(t -> {
            if (t.getMessage() != null && !t.getMessage().isBlank()) {
                reasons.add(0, t.getMessage()); // the innermost quotes the least
            }
        });
        String reason = reasons.isEmpty() ? "unknown" : reasons.get(reasons.size() - 1);
        for (String uri : uris()) {
            if (uri.startsWith("file:")) {
                Optional<QuotedPlace> found =
                        QuotedPlace.find(Path.of(uri.substring("file:".length())), routeId, reasons);
                if (found.isPresent()) {
                    return lines(uri, found.get().toString(), reason);
                }
            }
        }
        return lines("route " + routeId, "place unknown", reason);
    }

    private List<String> uris() {
        try {
            return RouteFiles.of(new RouteSettings(environment.getProperty("bridge.routes.dir", "")))
                    .uris();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Throwable> below(Throwable t, List<Throwable> chain) {
        return chain.subList(chain.indexOf(t) + 1, chain.size());
    }

    private static String lines(String uri, String place, @Nullable String reason) {
        String file = uri.startsWith("file:") ? uri.substring("file:".length()) : uri;
        String line = String.valueOf(reason).strip().replaceAll("\\s+", " ");
        String cut = line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
        return "A route cannot be used: " + file + "\n  " + place + "\n  " + cut;
    }
}
