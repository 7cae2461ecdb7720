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
     * @param which  the part of the page's path
     * @param http   how it is called beyond its URL
     */
    record One(String which, ShownTarget target, HttpForm http, Map<String, String> policy, News news) {

        @Nullable Form given() {
            return news.given();
        }

        Map<String, String> errors() {
            return news.errors();
        }

        /** Returns what is wrong and belongs to no field that is shown. */
        List<String> otherErrors() {
            return errors().entrySet().stream()
                    .filter(each -> !SHOWN.contains(each.getKey())
                            && !each.getKey().startsWith(HttpForm.AUTH)
                            && !each.getKey().startsWith(HttpForm.HEADERS)
                            && !each.getKey().startsWith(PolicyForm.POLICY))
                    .map(each -> each.getKey() + " " + each.getValue())
                    .toList();
        }

        /** Returns the version that the form was made of; one that nobody has seen yet is not changed by it. */
        String version() {
            Form given = given();
            return given != null && news.meanwhile() == null && given.has("version")
                    ? given.get("version")
                    : Long.toString(target.version());
        }

        /** Returns a secret that was typed; one that stands is kept, and nobody sees it. */
        String secret() {
            Form given = given();
            return given == null ? "" : given.get("secret");
        }

        String url() {
            Form given = given();
            return given == null ? target.address() : given.get("url");
        }

        String signatureHeader() {
            Form given = given();
            return given == null ? String.valueOf(target.signatureHeader()) : given.get("signatureHeader");
        }

        boolean enabled() {
            Form given = given();
            return given == null ? target.enabled() || target.address().isEmpty() : given.has("enabled");
        }

        /** Returns whether an event of the bridge is told. */
        boolean tells(String event) {
            Form given = given();
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

    /**
     * News about one of the two.
     *
     * @param given     what was typed and is not saved; null for nothing
     * @param errors    what is wrong with each field
     * @param tried     what came of a test just now
     * @param secret    a new one, shown this once
     * @param meanwhile what somebody else has changed
     */
    record News(
            String which,
            @Nullable Form given,
            Map<String, String> errors,
            ShownTarget.@Nullable Tried tried,
            @Nullable String secret,
            @Nullable Meanwhile meanwhile) {

        private static final News NONE = new News("", null, Map.of(), null, null, null);

        private static News typed(String which, Form given, Map<String, String> errors) {
            return new News(which, given, errors, null, null, null);
        }
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
                news.meanwhile() == null ? Reply.OK : Meanwhile.CHANGED,
                "nav.webhooks",
                "webhooks",
                new Both(List.of(one(visit, FORWARD, news), one(visit, OPERATIONS, news))));
    }

    private static One one(Visit visit, String which, News news) {
        Answer answer = visit.get(api(which));
        News own = news.which().equals(which) ? news : News.NONE;
        HttpForm standing = HttpForm.of(answer.orThrow().json().path("http"));
        Form given = own.given();
        return new One(
                which,
                answer.as(ShownTarget.class),
                given == null ? standing : standing.typed(given, given.get("do")),
                PolicyForm.values(answer.json(), given),
                own);
    }

    /** Returns the name that the log has for it. */
    private static String logged(String which) {
        return which.equals(OPERATIONS) ? OPERATIONS : "webhook";
    }

    private static String api(String which) {
        return which.equals(OPERATIONS) ? "/v1/webhooks/operations" : "/v1/webhooks";
    }

    @Override
    public Reply act(Visit visit) {
        String which = which(visit);
        return switch (visit.part(1)) {
            case "save" -> save(visit, which);
            case "build" -> show(visit, News.typed(which, visit.form(), Map.of()));
            case "test" -> test(visit, which);
            case "rotate" -> {
                Answer rotated = visit.post(api(which) + "/rotate-secret").orThrow();
                yield show(visit, new News(which, null, Map.of(), null, rotated.text("secret"), null));
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
        Answer saved = visit.call(Call.send("PUT", api(which), Visit.bytes(typed(form, which, visit.get(api(which)))))
                .ifVersion(form.get("version")));
        if (saved.status() == 422) {
            return show(visit, News.typed(which, form, saved.errors()));
        } else if (saved.status() == Meanwhile.CHANGED) {
            Answer now = visit.get(api(which)).orThrow();
            Meanwhile meanwhile = Meanwhile.of(visit, logged(which), now.json(), typed(form, which, now));
            return show(visit, new News(which, form, Map.of(), null, null, meanwhile));
        }
        saved.orThrow();
        return Reply.to("/webhooks?said=saved");
    }

    /** Returns a webhook that stands with what was typed. */
    private static ObjectNode typed(Form form, String which, Answer standing) {
        ObjectNode wanted = standing.object();
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
        HttpForm.put(form, wanted);
        PolicyForm.put(form, wanted);
        return wanted;
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
                                null,
                                null)));
    }
}
