package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The routes of the bridge, for the operator: their texts with an editor, their pictures, and the versions before. */
@Component
class RoutesPage implements PortalPage {

    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    @Override
    public Place place() {
        return Place.ROUTES;
    }

    record Listed(List<ShownRoute> routes) {}

    /**
     * A version, and the lines in which it differs from another.
     *
     * @param since the other version
     * @param now   the version that runs
     */
    record Change(
            String name, long version, long since, long now, List<ShownRoute.Version> versions, List<String> lines) {}

    @Override
    public Reply show(Visit visit) {
        if (visit.parts() == 0) {
            return Reply.page("nav.routes", "routes", new Listed(ShownRoute.all(visit)));
        }
        return switch (visit.part(1)) {
            case "diagram" -> diagram(visit);
            case "versions" -> change(visit);
            default -> RouteEditor.show(visit);
        };
    }

    /** The picture has a style of its own, which its policy names, and nothing else. */
    private static Reply diagram(Visit visit) {
        String svg = visit.get(ShownRoute.API + "/" + visit.part(0) + "/diagram")
                .orThrow()
                .json()
                .asText();
        Matcher style = STYLE.matcher(svg);
        String policy =
                "default-src 'none'; sandbox; style-src " + (style.find() ? Written.hash(style.group(1)) : "'none'");
        return new Reply.File(
                "image/svg+xml", Map.of("Content-Security-Policy", policy), svg.getBytes(StandardCharsets.UTF_8));
    }

    private static Reply change(Visit visit) {
        String name = visit.part(0);
        long version = number(visit.part(2));
        long since = visit.form().has("since") ? number(visit.form().get("since")) : Math.max(0, version - 1);
        String diff = visit.call(Call.get(ShownRoute.API + "/" + name + "/versions/" + version + "/diff")
                        .with("since", Long.toString(since)))
                .orThrow()
                .json()
                .asText();
        long now = ShownRoute.all(visit).stream()
                .filter(each -> each.name().equals(name))
                .mapToLong(ShownRoute::version)
                .findFirst()
                .orElse(0);
        return Reply.page(
                name,
                "routechange",
                new Change(
                        name,
                        version,
                        since,
                        now,
                        ShownRoute.versions(visit),
                        diff.lines().toList()));
    }

    /** Returns a version that there never is for what is no number. */
    private static long number(String given) {
        return given.matches("\\d{1,9}") ? Long.parseLong(given) : Integer.MAX_VALUE;
    }

    @Override
    public Reply act(Visit visit) {
        return switch (visit.part(1)) {
            case "rollback" -> rollback(visit);
            case "delete" -> delete(visit);
            case "check" -> RouteEditor.check(visit);
            case "completions" -> RouteEditor.completions(visit);
            case "try" -> RouteEditor.tryOut(visit);
            default -> RouteEditor.save(visit);
        };
    }

    private static Reply rollback(Visit visit) {
        ObjectNode wanted = Answer.JSON
                .createObjectNode()
                .put("version", number(visit.form().get("version")));
        visit.send("POST", ShownRoute.API + "/" + visit.part(0) + "/rollback", wanted)
                .orThrow();
        return Reply.to("/routes/" + visit.part(0) + "?said=saved");
    }

    private static Reply delete(Visit visit) {
        visit.call(Call.send("DELETE", ShownRoute.API + "/" + visit.part(0))
                        .ifVersion(visit.form().get("version")))
                .orThrow();
        return Reply.to("/routes?said=deleted");
    }
}
