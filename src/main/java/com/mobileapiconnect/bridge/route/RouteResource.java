package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.YamlBody;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The texts of the routes, for the operator. */
@RestController
@RequestMapping("/v1/routes")
class RouteResource {

    static final int LONGEST_REASON = 500;
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    private final Deployer deployer;
    private final RouteVersions versions;
    private final ProductTexts product;
    private final RouteCompletions completions;

    RouteResource(Deployer deployer, RouteVersions versions, ProductTexts product, RouteCompletions completions) {
        this.completions = completions;
        this.deployer = deployer;
        this.versions = versions;
        this.product = product;
    }

    @GetMapping
    Page<RouteView> list(Caller.OfOperator operator, Page.Request page) {
        return Page.of(
                        deployer.all().stream().sorted((a, b) -> position(b).compareTo(position(a))),
                        page,
                        "routes:",
                        RouteResource::position)
                .map(this::view);
    }

    /** Newest first. */
    private static String position(LiveRoute route) {
        Instant at = route.updatedAt();
        return String.format("routes:%015d-%s", at == null ? 0 : at.toEpochMilli(), route.name());
    }

    private RouteView view(LiveRoute route) {
        return RouteView.of(route, product);
    }

    @GetMapping("/{name}")
    ResponseEntity<byte[]> get(Caller.OfOperator operator, @PathVariable String name) {
        LiveRoute route = existing(name);
        RouteText text = route.text();
        if (text == null) {
            throw Problem.notFound("good text of the route " + name);
        }
        return yaml(text.text(), route.version());
    }

    private LiveRoute existing(String name) {
        return deployer.find(name).orElseThrow(() -> Problem.notFound("route " + name));
    }

    private static ResponseEntity<byte[]> yaml(String text, long version) {
        return ResponseEntity.ok()
                .contentType(YAML)
                .eTag(Long.toString(version))
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    @PutMapping("/{name}")
    RouteView put(
            Caller.OfOperator operator,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String reason,
            IfMatch ifMatch,
            YamlBody body) {
        return view(
                deployer.put(name, body.bytes(), ifMatch, RouteOrigin.of(operator, reason(reason), RouteOrigin.API)));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller.OfOperator operator,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String reason,
            IfMatch ifMatch) {
        deployer.delete(name, ifMatch, RouteOrigin.of(operator, reason(reason), RouteOrigin.API));
    }

    /** @param routes ids of the routes in the text */
    record Valid(boolean valid, List<String> routes) {}

    @PostMapping("/{name}/validate")
    Valid validate(Caller.OfOperator operator, @PathVariable String name, YamlBody body) {
        List<String> routes = new ArrayList<>();
        deployer.validate(name, body.bytes()).tree().forEach(entry -> {
            if (entry.has("route")) {
                routes.add(entry.at("/route/id").asText());
            }
        });
        return new Valid(true, routes);
    }

    /** Takes the text up to the place where somebody types. */
    @PostMapping("/{name}/completions")
    RouteCompletions.Found completions(Caller.OfOperator operator, @PathVariable String name, YamlBody body) {
        if (!RouteText.NAME.matcher(name).matches()) {
            throw Problem.notFound("route " + name);
        } else if (body.bytes().length > RouteText.MOST_BYTES) {
            throw Problem.invalid("yaml", "must have at most " + RouteText.MOST_BYTES + " bytes");
        }
        return completions.at(new String(body.bytes(), StandardCharsets.UTF_8));
    }

    /** @param deletion whether the route was deleted with it: there is no text then */
    record VersionView(
            long version,
            Instant at,
            String author,
            @Nullable String reason,
            String source,
            boolean deletion) {

        static VersionView of(RouteVersion version) {
            return new VersionView(
                    version.version(),
                    version.at(),
                    version.author(),
                    version.reason(),
                    version.source(),
                    version.text() == null);
        }
    }

    @GetMapping("/{name}/versions")
    Page<VersionView> versions(Caller.OfOperator operator, @PathVariable String name, Page.Request page) {
        Page<RouteVersion> found = versions.page(name, page);
        if (found.data().isEmpty()) {
            existing(name);
        }
        return found.map(VersionView::of);
    }

    @GetMapping("/{name}/versions/{number}")
    ResponseEntity<byte[]> version(Caller.OfOperator operator, @PathVariable String name, @PathVariable long number) {
        return yaml(text(name, number), number);
    }

    /** Shows what was changed since another version; since the one before, if none is named. */
    @GetMapping("/{name}/versions/{number}/diff")
    ResponseEntity<byte[]> diff(
            Caller.OfOperator operator,
            @PathVariable String name,
            @PathVariable long number,
            @RequestParam(required = false) @Nullable Long since) {
        long from = since == null ? number - 1 : since;
        String diff = LineDiff.unified(textOrNone(name, from), text(name, number));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                .body(diff.getBytes(StandardCharsets.UTF_8));
    }

    private RouteVersion stored(String name, long number) {
        return versions.find(name, number)
                .orElseThrow(() -> Problem.notFound("version " + number + " of the route " + name));
    }

    private String text(String name, long number) {
        if (number == 0 && product.find(name).isPresent()) {
            return product.find(name).orElseThrow();
        }
        String text = stored(name, number).text();
        if (text == null) {
            return product.find(name)
                    .orElseThrow(
                            () -> Problem.notFound("text in version " + number + ": the route was deleted with it"));
        }
        return text;
    }

    /** Returns the empty text for version 0 of a route that is not the product's. */
    private String textOrNone(String name, long number) {
        return number == 0 && product.find(name).isEmpty() ? "" : text(name, number);
    }

    @PostMapping("/{name}/rollback")
    RouteView rollback(Caller.OfOperator operator, @PathVariable String name, IfMatch ifMatch, JsonBody body) {
        Fields fields = Fields.of(body).allow("version", "reason");
        Integer version = fields.optionalInteger("version", 0, Integer.MAX_VALUE);
        if (version == null && fields.faults() == 0) {
            fields.wrong("version", "must be given; GET …/versions lists them, and 0 is the product's own text");
        }
        String reason = fields.text("reason", LONGEST_REASON);
        fields.orThrow();
        String text = text(name, Objects.requireNonNullElse(version, 0));
        RouteOrigin origin = RouteOrigin.of(operator, reason, RouteOrigin.ROLLBACK);
        return view(
                product.is(name, text)
                        ? deployer.delete(name, ifMatch, origin)
                        : deployer.put(name, text.getBytes(StandardCharsets.UTF_8), ifMatch, origin));
    }

    private static @Nullable String reason(@Nullable String reason) {
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw Problem.invalid("reason", "must have at most " + LONGEST_REASON + " characters");
        }
        return reason;
    }
}
