package com.mobileapiconnect.bridge.portal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Finds by a few letters: a page, a target or a phone by its name, a message by its number or words, anything by its id. */
@Component
class FindPage implements PortalPage {

    private static final int MOST = 12;
    private static final int MESSAGES = 5;
    /** Less than this is in so many texts that looking for it helps nobody. */
    private static final int FEWEST = 2;

    /** The pages below another that people look for by their own name, by the keys of these names. */
    private static final Map<String, String> OF_A_TENANT = Map.of(
            "keys", "/account",
            "sms.title", SmsForms.PATH,
            "optouts.title", OptOutForms.PATH,
            "log.title", "/account/log",
            "config.title", "/account/configuration");

    private static final Map<String, String> OF_THE_OPERATOR = Map.of(
            "resources.title", "/settings/resources",
            "connectorfiles.title", "/settings/connectors",
            "log.title", "/settings/log");

    /** A place to go to. The kind is a text of the bundles. */
    record Hit(String kind, String name, String path) {}

    record Found(String q, List<Hit> hits) {}

    @Override
    public Place place() {
        return Place.MESSAGES;
    }

    @Override
    public String path() {
        return "/find";
    }

    @Override
    public Reply show(Visit visit) {
        String q = visit.form().get("q");
        List<Hit> hits = new ArrayList<>();
        String page = Ids.path(visit, q);
        if (page != null) {
            hits.add(new Hit("find.id", q, page));
        }
        pages(visit, q, hits);
        if (visit.byOperator() && !q.isEmpty()) {
            tenants(visit, q, hits);
        } else if (!q.isEmpty()) {
            things(visit, q, hits);
            if (page == null && q.codePointCount(0, q.length()) >= FEWEST) {
                messages(visit, q, hits);
            }
            hits.add(new Hit("find.messages", q, "/messages" + Query.of(Map.of("q", q))));
        }
        return Reply.page(
                "find.title", "find", new Found(q, hits.stream().limit(MOST).toList()));
    }

    private static void pages(Visit visit, String q, List<Hit> hits) {
        Arrays.stream(Place.values())
                .filter(place -> visit.byOperator() || !place.ofOperator())
                .map(place -> new Hit("find.page", visit.texts().get(place.key()), place.path()))
                .filter(hit -> has(hit.name(), q))
                .forEach(hits::add);
        new TreeMap<>(visit.byOperator() ? OF_THE_OPERATOR : OF_A_TENANT).forEach((key, path) -> {
            if (!q.isEmpty() && has(visit.texts().get(key), q)) {
                hits.add(new Hit("find.page", visit.texts().get(key), path));
            }
        });
    }

    private static void tenants(Visit visit, String q, List<Hit> hits) {
        visit.call(Call.get("/v1/tenants").with("limit", "500")).list(MessagesPage.Choice.class).stream()
                .filter(each -> has(each.name(), q))
                .forEach(each -> hits.add(new Hit("find.tenant", each.name(), "/tenants/" + each.id())));
    }

    /** A key that may not see some of it finds the rest. */
    private static void things(Visit visit, String q, List<Hit> hits) {
        Answer connections = visit.call(Call.get("/v1/connections").with("limit", "500"));
        if (connections.isGood()) {
            connections.list(MessagesPage.Choice.class).stream()
                    .filter(each -> has(each.name(), q))
                    .forEach(each -> hits.add(new Hit("find.target", each.name(), "/connections/" + each.id())));
        }
        Answer phones = visit.call(Call.get("/v1/devices").with("limit", "500"));
        if (phones.isGood()) {
            phones.list(ShownPhone.class).stream()
                    .filter(phone -> has(phone.name(), q))
                    .forEach(phone -> hits.add(new Hit("find.phone", phone.name(), "/phones/" + phone.id())));
        }
    }

    private static void messages(Visit visit, String q, List<Hit> hits) {
        Answer ofSender = visit.call(Call.get("/v1/messages").with("from", q).with("limit", "1"));
        if (ofSender.isGood()) {
            ofSender.list(ShownMessage.class)
                    .forEach(message -> hits.add(new Hit("find.talk", q, Conversation.address(message.from(), null))));
        }
        Answer found = visit.call(Call.get("/v1/messages").with("find", q).with("limit", Integer.toString(MESSAGES)));
        if (found.isGood()) {
            found.list(ShownMessage.class)
                    .forEach(message -> hits.add(new Hit(
                            "find.message", message.from() + ": " + message.shortText(), "/messages/" + message.id())));
        }
    }

    private static boolean has(String name, String q) {
        return name.toLowerCase(Locale.ROOT).contains(q.toLowerCase(Locale.ROOT));
    }
}
