package com.mobileapiconnect.bridge.portal;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Connections to ERPs: the list, the catalogue, and the form of one, drawn from its connector's schema. */
@Component
class ConnectionsPage implements PortalPage {

    static final String API = "/v1/connections";
    static final String PATH = "/connections/";

    @Override
    public Place place() {
        return Place.CONNECTIONS;
    }

    record Listed(
            List<ShownTarget> connections,
            Map<String, Lane> lanes,
            List<Connector> catalogue,
            String search,
            @Nullable String older) {}

    @Override
    public Reply show(Visit visit) {
        if (visit.parts() == 0) {
            return list(visit);
        }
        String id = visit.part(0);
        if (id.equals("new")) {
            return ConnectionEditor.blank(visit, visit.part(1), ConnectionEditor.News.NONE);
        }
        return switch (visit.part(1)) {
            case "code" -> {
                ShownTarget target = visit.get(API + "/" + id).as(ShownTarget.class);
                yield VerificationCode.page(
                        visit, target, String.valueOf(target.name()), PATH + id, PATH + id + "/code");
            }
            case "backfill" -> Backfilling.ask(visit, id);
            default -> ConnectionEditor.one(visit, id, ConnectionEditor.News.NONE);
        };
    }

    private static Reply list(Visit visit) {
        String search = visit.form().get("q").toLowerCase(Locale.ROOT);
        Answer connections = visit.call(
                Call.get(API).with("limit", "50").with("cursor", visit.form().get("cursor")));
        List<Connector> catalogue = Connector.catalogue(visit).stream()
                .filter(each -> (each.name() + " " + each.title() + " " + each.description())
                        .toLowerCase(Locale.ROOT)
                        .contains(search))
                .sorted(Comparator.comparing(Connector::title))
                .toList();
        return Reply.page(
                "nav.connections",
                "connections",
                new Listed(
                        connections.list(ShownTarget.class),
                        Lane.all(visit),
                        catalogue,
                        visit.form().get("q"),
                        connections.next()));
    }

    @Override
    public Reply act(Visit visit) {
        String id = visit.part(0);
        if (id.equals("new")) {
            return ConnectionEditor.act(visit, visit.part(1), visit.part(2));
        }
        return switch (visit.part(1)) {
            case "test" ->
                new Reply.Later(
                        visit.callLater(Call.send("POST", API + "/" + id + "/test")),
                        answer -> ConnectionEditor.one(visit, id, ConnectionEditor.News.tried(answer)));
            case "pause", "resume" -> {
                visit.post(API + "/" + id + "/" + visit.part(1)).orThrow();
                yield Reply.to(PATH + id + "?said=" + visit.part(1));
            }
            case "rotate" -> {
                Answer rotated = visit.post(API + "/" + id + "/rotate-secret").orThrow();
                yield ConnectionEditor.one(visit, id, ConnectionEditor.News.secret(rotated.text("secret")));
            }
            case "backfill" -> Backfilling.act(visit, id);
            case "delete" -> {
                visit.call(Call.send("DELETE", API + "/" + id)
                                .with("discard", visit.form().has("sure") ? "true" : null))
                        .orThrow();
                yield Reply.to("/connections?said=deleted");
            }
            default -> ConnectionEditor.change(visit, id, visit.part(1));
        };
    }
}
