package com.mobileapiconnect.bridge.portal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Finds by a few letters: a page, a target or a phone by its name, a message by its number or words, anything by its id. */
@Component
class FindPage implements PortalPage {

    private static final int MOST = 12;
    private static final int MESSAGES = 5;
    /** Less than this is in so many texts that looking for it helps nobody. */
    private static final int FEWEST = 2;

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
        if (!visit.byOperator() && !q.isEmpty()) {
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
