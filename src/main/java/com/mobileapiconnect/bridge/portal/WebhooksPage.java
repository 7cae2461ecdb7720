package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The two webhooks that a tenant has once: for every message, and for the bridge's own events. */
@Component
class WebhooksPage implements PortalPage {

    private static final String FORWARD = "forward";
    private static final String OPERATIONS = "operations";

    @Override
    public Place place() {
        return Place.WEBHOOKS;
    }

    /**
     * @param which   the part of the page's path
     * @param given   what was typed and refused; null for nothing
     * @param errors  what is wrong with each field
     * @param tried   what came of a test just now
     * @param secret  a new one, shown this once
     */
    record One(
            String which,
            ShownTarget target,
            @Nullable Form given,
            Map<String, String> errors,
            ShownTarget.@Nullable Tried tried,
            @Nullable String secret) {

        String url() {
            return given == null ? target.address() : given.get("url");
        }

        String signatureHeader() {
            return given == null ? String.valueOf(target.signatureHeader()) : given.get("signatureHeader");
        }

        boolean enabled() {
            return given == null ? target.enabled() || target.address().isEmpty() : given.has("enabled");
        }

        /** Returns whether an event of the bridge is told. */
        boolean tells(String event) {
            List<String> told = given == null ? target.events() : given.all("events");
            return told == null || told.contains(event);
        }
    }

    record Both(List<One> webhooks) {}

    /** The fields that say themselves what is wrong with them. */
    static final List<String> SHOWN = List.of("url", "secret", "events", "signatureHeader");

    /** The events that the bridge tells of. */
    static final List<String> EVENTS = List.of(
            "target.disabled",
            "target.recovered",
            "delivery.failed",
            "message.unparsed",
            "device.silent",
            "device.back",
            "outgoing.updated");

    /** News about one of the two. */
    private record News(
            String which,
            @Nullable Form given,
            Map<String, String> errors,
            ShownTarget.@Nullable Tried tried,
            @Nullable String secret) {

        static final News NONE = new News("", null, Map.of(), null, null);
    }

    @Override
    public Reply show(Visit visit) {
        if (!visit.part(1).equals("code")) {
            return show(visit, News.NONE);
        }
        String which = which(visit);
        return VerificationCode.page(
                visit,
                visit.get(api(which)).as(ShownTarget.class),
                visit.texts().get("webhook." + which),
                "/webhooks",
                "/webhooks/" + which + "/code");
    }

    private static String which(Visit visit) {
        return visit.part(0).equals(OPERATIONS) ? OPERATIONS : FORWARD;
    }

    private static Reply show(Visit visit, News news) {
        return Reply.page(
                "nav.webhooks", "webhooks", new Both(List.of(one(visit, FORWARD, news), one(visit, OPERATIONS, news))));
    }

    private static One one(Visit visit, String which, News news) {
        ShownTarget target = visit.get(api(which)).as(ShownTarget.class);
        News own = news.which().equals(which) ? news : News.NONE;
        return new One(which, target, own.given(), own.errors(), own.tried(), own.secret());
    }

    private static String api(String which) {
        return which.equals(OPERATIONS) ? "/v1/webhooks/operations" : "/v1/webhooks";
    }

    @Override
    public Reply act(Visit visit) {
        String which = which(visit);
        return switch (visit.part(1)) {
            case "save" -> save(visit, which);
            case "test" -> test(visit, which);
            case "rotate" -> {
                Answer rotated = visit.post(api(which) + "/rotate-secret").orThrow();
                yield show(visit, new News(which, null, Map.of(), null, rotated.text("secret")));
            }
            case "pause", "resume" -> {
                visit.post(api(which) + "/" + visit.part(1)).orThrow();
                yield Reply.to("/webhooks?said=" + visit.part(1));
            }
            default -> show(visit);
        };
    }

    private static Reply save(Visit visit, String which) {
        Form form = visit.form();
        ObjectNode wanted = visit.get(api(which)).object();
        wanted.put("enabled", form.has("enabled"));
        if (form.has("url")) {
            wanted.put("url", form.get("url"));
        } else {
            wanted.putNull("url");
        }
        if (form.has("secret")) {
            wanted.put("secret", form.get("secret"));
        }
        if (form.has("signatureHeader")) {
            wanted.put("signatureHeader", form.get("signatureHeader"));
        } else {
            wanted.remove("signatureHeader");
        }
        if (which.equals(OPERATIONS) && form.has("narrowed")) {
            ArrayNode events = wanted.putArray("events");
            form.all("events").forEach(events::add);
        }
        Answer saved =
                visit.call(Call.send("PUT", api(which), Visit.bytes(wanted)).ifVersion(form.get("version")));
        return saved.status() == 422 ? show(visit, new News(which, form, saved.errors(), null, null)) : saved(saved);
    }

    private static Reply saved(Answer answer) {
        answer.orThrow();
        return Reply.to("/webhooks?said=saved");
    }

    private static Reply test(Visit visit, String which) {
        return new Reply.Later(
                visit.callLater(Call.send("POST", api(which) + "/test")),
                answer -> show(
                        visit,
                        new News(
                                which,
                                null,
                                answer.isGood() ? Map.of() : Map.of("url", answer.detail()),
                                answer.isGood() ? answer.as(ShownTarget.Tried.class) : null,
                                null)));
    }
}
