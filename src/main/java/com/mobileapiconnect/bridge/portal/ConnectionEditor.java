package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The form of a connection, with the very request that it would make of an SMS beside it. */
final class ConnectionEditor {

    private static final String API = ConnectionsPage.API;
    private static final List<String> SHOWN =
            List.of("name", "outboundUrl", "secret", "concurrency", "ratePerSecond", "signatureHeader");

    private ConnectionEditor() {}

    /** The request that would go out. */
    record Request(
            String method,
            String target,
            Map<String, String> headers,
            @Nullable String body) {}

    /**
     * A connection with its form.
     *
     * @param target null while there is none yet
     */
    record One(
            @Nullable ShownTarget target,
            Connector connector,
            ConnectionForm form,
            List<ShownMessage> messages,
            @Nullable Lane lane,
            @Nullable Sparkline day,
            News news)
            implements Built {

        @Override
        public String path() {
            return target == null ? "/connections/new/" + connector.name() : "/connections/" + target.id();
        }

        @Override
        public Map<String, String> errors() {
            return news.errors();
        }

        /** Returns the version that the form was made of; one that nobody has seen yet is not changed by it. */
        String version() {
            Form typed = news.typed();
            return target == null
                    ? ""
                    : typed != null && news.meanwhile() == null && typed.has("version")
                            ? typed.get("version")
                            : Long.toString(target.version());
        }

        /** Returns a secret that was typed; one that stands is kept, and nobody sees it. */
        String secret() {
            Form typed = news.typed();
            return typed == null ? "" : typed.get("secret");
        }

        @Override
        public String label(Texts texts, String at) {
            return at.equals("outboundUrl")
                    ? texts.get("webhook.url")
                    : form.fields().stream()
                            .filter(field -> field.wrong(Map.of(at, "")) != null)
                            .map(field -> field.said().title())
                            .findFirst()
                            .orElseGet(() -> Built.word(texts, at));
        }

        /** Returns what is wrong and belongs to no field that is shown. */
        List<String> otherErrors() {
            return errors().entrySet().stream()
                    .filter(each -> !SHOWN.contains(each.getKey())
                            && !each.getKey().startsWith(HttpForm.AUTH)
                            && !each.getKey().startsWith(HttpForm.HEADERS)
                            && !each.getKey().startsWith(PolicyForm.POLICY)
                            && !each.getKey().startsWith("when")
                            && form.fields().stream()
                                    .noneMatch(field -> field.wrong(Map.of(each.getKey(), "")) != null))
                    .map(each -> each.getKey() + " " + each.getValue())
                    .toList();
        }
    }

    /**
     * News that a form shows beside what stands.
     *
     * @param typed     the form as it was typed; null to show what stands
     * @param tried     what came of a test
     * @param secret    a new one, shown this once
     * @param request   what would go out
     * @param meanwhile what somebody else has changed
     */
    record News(
            @Nullable Form typed,
            Map<String, String> errors,
            ShownTarget.@Nullable Tried tried,
            @Nullable String secret,
            @Nullable Request request,
            @Nullable Meanwhile meanwhile) {

        static final News NONE = new News(null, Map.of(), null, null, null, null);

        static News refused(Form typed, Map<String, String> errors) {
            return new News(typed, errors, null, null, null, null);
        }

        static News secret(String secret) {
            return new News(null, Map.of(), null, secret, null, null);
        }

        static News changed(Form typed, Meanwhile meanwhile) {
            return new News(typed, Map.of(), null, null, null, meanwhile);
        }

        static News tried(Answer answer) {
            return answer.isGood()
                    ? new News(null, Map.of(), answer.as(ShownTarget.Tried.class), null, null, null)
                    : new News(null, Map.of("", answer.detail()), null, null, null, null);
        }

        /** Returns a field of the sample. */
        String tried(String name) {
            return typed == null ? "" : typed.raw(name);
        }
    }

    static Reply blank(Visit visit, String name, News news) {
        Connector connector = Connector.named(visit, name);
        return page(visit, null, connector, ConnectionForm.blank(connector), news);
    }

    static Reply one(Visit visit, String id, News news) {
        return one(visit, visit.get(API + "/" + id), news);
    }

    private static Reply one(Visit visit, Answer answer, News news) {
        ShownTarget target = answer.as(ShownTarget.class);
        Connector connector = Connector.named(visit, String.valueOf(target.connector()));
        return page(visit, target, connector, ConnectionForm.of(answer.json(), connector), news);
    }

    private static Reply page(
            Visit visit, @Nullable ShownTarget target, Connector connector, ConnectionForm standing, News news) {
        Form typed = news.typed();
        Answer messages = visit.call(Call.get("/v1/messages").with("limit", "20"));
        Lane lane = null;
        Sparkline day = null;
        if (target != null) {
            lane = Lane.all(visit).get(String.valueOf(target.id()));
            Answer stats = visit.call(Call.get("/v1/stats").with("target", target.id()));
            day = stats.isGood() ? Sparkline.of(stats.json()) : null;
        }
        return Reply.page(
                news.meanwhile() == null ? Reply.OK : Meanwhile.CHANGED,
                target == null ? "connections.new" : String.valueOf(target.name()),
                "connection",
                new One(
                        target,
                        connector,
                        typed == null ? standing : standing.typed(typed, typed.get("do")),
                        messages.isGood() ? messages.list(ShownMessage.class) : List.of(),
                        lane,
                        day,
                        news));
    }

    /** Does what a button of a new connection's form says. */
    static Reply act(Visit visit, String name, String what) {
        ObjectNode wanted = ConnectionForm.put(
                visit.form(),
                Connector.named(visit, name),
                Answer.JSON.createObjectNode().put("connector", name));
        return switch (what) {
            case "build" -> blank(visit, name, News.refused(visit.form(), Map.of()));
            case "look" -> blank(visit, name, looked(visit, wanted));
            default -> {
                Answer made = visit.send("POST", API, wanted);
                yield made.status() == 422
                        ? blank(visit, name, News.refused(visit.form(), made.errors()))
                        : Reply.to(ConnectionsPage.PATH + made.orThrow().text("id") + "?said=saved");
            }
        };
    }

    /** Does what a button of a connection's form says. */
    static Reply change(Visit visit, String id, String what) {
        if (what.equals("build")) {
            return one(visit, id, News.refused(visit.form(), Map.of()));
        }
        ObjectNode wanted = typed(visit, visit.get(API + "/" + id));
        if (what.equals("look")) {
            return one(visit, id, looked(visit, wanted));
        }
        Answer saved = visit.call(Call.send("PUT", API + "/" + id, Visit.bytes(wanted))
                .ifVersion(visit.form().get("version")));
        if (saved.status() == 422) {
            return one(visit, id, News.refused(visit.form(), saved.errors()));
        } else if (saved.status() == Meanwhile.CHANGED) {
            Answer now = visit.get(API + "/" + id);
            Meanwhile meanwhile = Meanwhile.of(visit, id, now.orThrow().json(), typed(visit, now));
            return one(visit, now, News.changed(visit.form(), meanwhile));
        }
        saved.orThrow();
        return Reply.to(ConnectionsPage.PATH + id + "?said=saved");
    }

    /** Returns a connection that stands with what was typed. */
    private static ObjectNode typed(Visit visit, Answer standing) {
        ObjectNode wanted = standing.object();
        return ConnectionForm.put(
                visit.form(), Connector.named(visit, wanted.path("connector").asText()), wanted);
    }

    /** Asks for the request that a draft would make of a stored message, or of one that was typed. */
    private static News looked(Visit visit, ObjectNode draft) {
        Form form = visit.form();
        ObjectNode order = Answer.JSON.createObjectNode().set("connection", draft);
        if (form.has("try.message")) {
            order.put("messageId", form.get("try.message"));
        } else {
            order.putObject("message").put("from", form.get("try.from")).put("text", form.raw("try.text"));
        }
        Answer answer = visit.send("POST", API + "/preview", order);
        if (answer.isGood()) {
            JsonNode request = answer.json();
            Map<String, String> headers = new LinkedHashMap<>();
            request.path("headers")
                    .properties()
                    .forEach(each -> headers.put(each.getKey(), each.getValue().asText()));
            return new News(
                    form,
                    Map.of(),
                    null,
                    null,
                    new Request(
                            request.path("method").asText(),
                            request.path("target").asText(),
                            headers,
                            request.path("body").textValue()),
                    null);
        }
        Map<String, String> errors = new TreeMap<>();
        answer.errors().forEach((at, error) -> errors.put(at.replaceFirst("^connection\\.", ""), error));
        if (errors.isEmpty()) {
            errors.put("", answer.detail());
        }
        return News.refused(form, errors);
    }
}
