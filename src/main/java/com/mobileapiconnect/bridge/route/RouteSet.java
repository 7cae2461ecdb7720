package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The agreement of routes of different files: ids, beginnings, and calls of each other. */
final class RouteSet {

    private final RoutePolicy policy;
    /** Files by what they have: {@code id of a route} and {@code URI that a route begins with}. */
    private final Map<String, String> ids = new HashMap<>();

    private final Map<String, String> begins = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();

    /**
     * A route of a file.
     *
     * @param calls the {@code direct:} endpoints that it sends to
     */
    private record Part(RouteText file, String pointer, String id, String begins, List<EndpointUse> calls) {}

    private RouteSet(RoutePolicy policy) {
        this.policy = policy;
    }

    /**
     * Throws a {@link RouteRefusedException} if a text cannot stand beside the others.
     *
     * @param others without the one of its own name
     */
    static void check(RoutePolicy policy, RouteText text, Collection<RouteText> others) {
        RouteSet set = new RouteSet(policy);
        others.forEach(other -> set.add(other, null));
        List<RouteFault> faults = new ArrayList<>();
        set.add(text, faults);
        set.direct(text, faults);
        if (!faults.isEmpty()) {
            throw new RouteRefusedException(faults);
        }
    }

    /** Throws a {@link RouteRefusedException} if others call what would be gone without this name. */
    static void checkWithout(RoutePolicy policy, String name, Collection<RouteText> others) {
        RouteSet set = new RouteSet(policy);
        others.forEach(other -> set.add(other, null));
        for (Part part : set.parts) {
            for (EndpointUse call : part.calls()) {
                if (!set.begins.containsKey(call.base())) {
                    throw new RouteRefusedException(
                            "The route " + part.id() + " of " + part.file().name() + " sends to " + call.base()
                                    + ", which would be gone with " + name,
                            "change " + part.file().name() + " first");
                }
            }
        }
    }

    private void add(RouteText file, @Nullable List<RouteFault> faults) {
        Map<String, List<EndpointUse>> calls = new HashMap<>();
        Map<String, EndpointUse> from = new HashMap<>();
        for (EndpointUse written : EndpointUse.all(file)) {
            EndpointUse use = policy.resolved(written);
            String entry = use.pointer().substring(0, use.pointer().indexOf('/', 1));
            if (use.pointer().matches("/\\d+/route/from(/uri)?")) {
                from.put(entry, use);
            } else if (use.scheme().equals("direct") && !use.begins() && !use.dynamic()) {
                calls.computeIfAbsent(entry, any -> new ArrayList<>()).add(use);
            }
        }
        for (int i = 0; i < file.tree().size(); i++) {
            JsonNode route = file.tree().get(i).path("route");
            String entry = "/" + i;
            if (route.isObject() && from.containsKey(entry)) {
                String id = route.path("id").asText();
                EndpointUse begin = from.get(entry);
                taken(ids, id, file, entry + "/route/id", "The id " + id, faults);
                if (once(begin)) {
                    taken(
                            begins,
                            beginning(begin),
                            file,
                            begin.pointer(),
                            "A route that begins with " + begin.base(),
                            faults);
                } else {
                    begins.putIfAbsent(begin.base(), file.name());
                }
                parts.add(new Part(file, entry, id, begin.base(), calls.getOrDefault(entry, List.of())));
            }
        }
    }

    /** Returns whether nothing else may begin with the same. */
    private static boolean once(EndpointUse begin) {
        return !Set.of("timer", "scheduler", "kafka").contains(begin.scheme());
    }

    /**
     * Returns the thing that one route alone may begin with: where routes reach each other and the bridge the name, elsewhere
     * all that is said, because there may be several mailboxes on a server, and several queries of a database.
     */
    private static String beginning(EndpointUse begin) {
        if (Set.of("direct", "hook", "outbox", "phone", "seda").contains(begin.scheme())) {
            return begin.base();
        }
        Map<String, String> options = new TreeMap<>();
        int query = begin.uri().indexOf('?');
        if (query >= 0) {
            for (String option : begin.uri().substring(query + 1).split("&")) {
                int equal = option.indexOf('=');
                options.put(equal < 0 ? option : option.substring(0, equal), option.substring(equal + 1));
            }
        }
        begin.parameters()
                .properties()
                .forEach(each -> options.put(each.getKey(), each.getValue().asText()));
        return begin.base() + options;
    }

    private static void taken(
            Map<String, String> by,
            String what,
            RouteText file,
            String pointer,
            String words,
            @Nullable List<RouteFault> faults) {
        String other = by.putIfAbsent(what, file.name());
        if (other != null && faults != null) {
            String where = other.equals(file.name()) ? "in this file already" : "in the file " + other + " already";
            faults.add(RouteFault.at(file.place(pointer), words + " is " + where, "choose another one"));
        }
    }

    private void direct(RouteText text, List<RouteFault> faults) {
        for (Part part : parts) {
            for (EndpointUse call : part.calls()) {
                if (begins.containsKey(call.base())) {
                    continue;
                }
                if (part.file() == text) {
                    faults.add(RouteFault.at(
                            text.place(call.pointer()),
                            "No route begins with " + call.base(),
                            "add that route first, or to this file"));
                } else {
                    faults.add(RouteFault.of(
                            "The route " + part.id() + " of " + part.file().name() + " sends to " + call.base()
                                    + ", with which no route would begin any more",
                            "change " + part.file().name() + " first"));
                }
            }
        }
        for (Part part : parts) {
            if (part.file() == text && reaches(part)) {
                faults.add(RouteFault.at(
                        text.place(part.pointer() + "/route/from"),
                        "What begins with " + part.begins() + " comes back to it by direct:, without end",
                        "end the circle"));
            }
        }
    }

    private boolean reaches(Part start) {
        Set<String> seen = new HashSet<>();
        Deque<Part> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            for (EndpointUse call : next.pop().calls()) {
                if (call.base().equals(start.begins())) {
                    return true;
                }
                if (seen.add(call.base())) {
                    parts.stream()
                            .filter(part -> part.begins().equals(call.base()))
                            .forEach(next::push);
                }
            }
        }
        return false;
    }
}
