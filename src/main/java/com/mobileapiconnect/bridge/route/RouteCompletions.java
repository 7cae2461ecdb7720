package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The ways in which an unfinished text can go on: steps and their options by Camel's schema, endpoints and their options
 * by its catalogue, and of both only what a route may use.
 */
@Component
class RouteCompletions {

    static final int MOST = 100;

    private static final int LONGEST_DESCRIPTION = 200;
    private static final Set<String> URI_KEYS = Set.of("uri", "to", "toD", "from", "wireTap", "poll");

    /** The endpoints of the bridge itself, which are in no catalogue: at the beginning of a route, and of a step. */
    private static final Map<Boolean, List<Completion>> OURS = Map.of(
            true,
            List.of(
                    ours(
                            "outbox:due",
                            "Each delivery when its time has come, but for targets with a route of their own"),
                    ours("outbox:for/", "The deliveries of one target: con_…, act_… or webhook"),
                    ours("phone:inbound", "The messages that phones hand over"),
                    ours("hook:", "Requests at /hooks/ and this name")),
            false,
            List.of(
                    ours("outbox:send", "The sender of the target’s connector sends the delivery"),
                    ours("outbox:skip?reason=", "The delivery is skipped"),
                    ours("outbox:reject?reason=", "The delivery has failed for good"),
                    ours("outbox:retry?after=", "The delivery is tried again, after this time at the earliest"),
                    ours("outbox:done?externalId=", "The route itself has delivered it"),
                    ours("phone:capture?device=", "Takes a message in, as if this phone had sent it"),
                    ours("phone:read", "Finds an SMS in what an app sends")));

    private final RouteCatalogue catalogue;
    private final RoutePolicy policy;

    RouteCompletions(RouteCatalogue catalogue, RoutePolicy policy) {
        this.catalogue = catalogue;
        this.policy = policy;
    }

    /**
     * A name or a value that fits.
     *
     * @param text        in place of what is typed already
     * @param description of one line; empty if there is none
     */
    record Completion(String name, String text, String description) {}

    /** @param typed stands right before the place, and is what the completions replace */
    record Found(String typed, List<Completion> completions) {
        static final Found NOTHING = new Found("", List.of());
    }

    private static Completion ours(String uri, String description) {
        return new Completion(uri, uri, description);
    }

    /** @param before all of the text before the place */
    Found at(String before) {
        RouteCursor cursor = RouteCursor.at(before);
        if (cursor == null) {
            return Found.NOTHING;
        }
        String typed = cursor.typed().toLowerCase(Locale.ROOT);
        List<Completion> fitting = all(cursor).stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).contains(typed)
                        && !each.name().equals(cursor.typed()))
                .sorted(Comparator.comparing(
                        each -> !each.name().toLowerCase(Locale.ROOT).startsWith(typed)))
                .limit(MOST)
                .toList();
        return new Found(cursor.typed(), fitting);
    }

    private List<Completion> all(RouteCursor cursor) {
        List<String> path = cursor.path();
        String inside = path.isEmpty() ? "" : path.get(path.size() - 1);
        if (inside.equals("parameters")) {
            return parameters(cursor, path.size() < 2 ? "" : path.get(path.size() - 2));
        }
        String key = cursor.key();
        if (key == null) {
            return keys(cursor, inside);
        }
        boolean begins = key.equals("from") || (key.equals("uri") && inside.equals("from"));
        return URI_KEYS.contains(key) ? endpoints(begins) : values(cursor, key);
    }

    private List<Completion> keys(RouteCursor cursor, String inside) {
        List<Completion> keys = new ArrayList<>();
        boolean steps = inside.equals(RouteCursor.ENTRY);
        JsonNode described = steps ? null : catalogue.part(inside);
        RouteSchema.vocabulary().keys(cursor.path()).forEach((name, kinds) -> {
            if (policy.offers(name) && !cursor.present().contains(name)) {
                JsonNode about = steps
                        ? catalogue.part(name).path("model")
                        : described == null
                                ? null
                                : described.path("properties").path(name);
                keys.add(
                        new Completion(name, name + (RouteVocabulary.isPlain(kinds) ? ": " : ":"), description(about)));
            }
        });
        keys.sort(Comparator.comparing(Completion::name));
        return keys;
    }

    private static List<Completion> values(RouteCursor cursor, String key) {
        return plain(RouteVocabulary.values(
                RouteSchema.vocabulary().keys(cursor.path()).getOrDefault(key, List.of())));
    }

    private static List<Completion> plain(List<String> values) {
        return values.stream()
                .distinct()
                .map(value -> new Completion(value, value, ""))
                .toList();
    }

    private List<Completion> endpoints(boolean begins) {
        List<Completion> endpoints = new ArrayList<>(OURS.getOrDefault(begins, List.of()));
        for (String scheme : policy.components()) {
            JsonNode about = catalogue.component(scheme).path("component");
            boolean other = about.path(begins ? "producerOnly" : "consumerOnly").asBoolean();
            if (!about.isMissingNode() && !other) {
                endpoints.add(new Completion(scheme + ":", scheme + ":", description(about)));
            }
        }
        return endpoints;
    }

    private List<Completion> parameters(RouteCursor cursor, String step) {
        String scheme = cursor.uri().replaceFirst("[:?].*", "");
        JsonNode options = catalogue.component(scheme).path("properties");
        String key = cursor.key();
        if (key != null) {
            return plain(RouteVocabulary.values(List.of(options.path(key))));
        }
        String other = step.equals("from") ? "producer" : "consumer";
        List<Completion> names = new ArrayList<>();
        options.properties().forEach(option -> {
            String name = option.getKey();
            JsonNode about = option.getValue();
            if (!about.path("label").asText().startsWith(other)
                    && !cursor.present().contains(name)) {
                names.add(new Completion(name, name + ": ", description(about)));
            }
        });
        return names;
    }

    private static String description(@Nullable JsonNode about) {
        String text = about == null ? "" : about.path("description").asText();
        return text.length() <= LONGEST_DESCRIPTION ? text : text.substring(0, LONGEST_DESCRIPTION - 1) + "…";
    }
}
