package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Paired phones: the list, one of them with its gaps and its SMS out, and pairing another. */
@Component
class PhonesPage implements PortalPage {

    @Override
    public Place place() {
        return Place.PHONES;
    }

    static final String API = "/v1/devices";
    private static final List<String> TEXTS = List.of("number", "zone", "region", "silentAfter");

    record Adapter(String name) {}

    /**
     * @param adapters the phone apps and providers that a phone can be
     * @param errors   what is wrong with each field of the form
     */
    record Listed(
            List<ShownPhone> phones,
            @Nullable String older,
            List<Adapter> adapters,
            Form form,
            Map<String, String> errors) {}

    /** @param signingKey the secret of the app, where it was given just now */
    record Paired(ShownPhone phone, String signingKey) {}

    record Gap(int from, int to) {}

    record Outgoing(
            String id,
            String to,
            String text,
            String status,
            @Nullable String error,
            @Nullable String deliveryId,
            String createdAt,
            String updatedAt) {

        Fate fate() {
            return switch (status) {
                case "sent", "delivered" -> Fate.DELIVERED;
                case "failed", "expired" -> Fate.FAILED;
                case "cancelled" -> Fate.SKIPPED;
                default -> Fate.WAITING;
            };
        }
    }

    /**
     * @param gaps null if the reader's key may not ask
     * @param form what was typed and is not saved; null for what stands
     * @param meanwhile what somebody else has changed; null for nothing
     */
    record One(
            ShownPhone phone,
            @Nullable List<Gap> gaps,
            List<Outgoing> outgoing,
            @Nullable String older,
            @Nullable Form form,
            Map<String, String> errors,
            @Nullable Meanwhile meanwhile) {

        /** Returns the version that the form was made of; one that nobody has seen yet is not changed by it. */
        String version() {
            return form != null && meanwhile == null && form.has("version")
                    ? form.get("version")
                    : Long.toString(phone.version());
        }

        String value(String name, @Nullable String standing) {
            return form == null ? standing == null ? "" : standing : form.get(name);
        }

        /** Returns the slots of SIMs, the two that phones have and any other that is set. */
        List<String> slots() {
            java.util.TreeSet<String> slots = new java.util.TreeSet<>(List.of("1", "2"));
            slots.addAll(phone.sims().keySet());
            return List.copyOf(slots);
        }
    }

    @Override
    public Reply show(Visit visit) {
        if (visit.part(1).equals("import")) {
            return PhoneImport.show(visit, visit.part(0));
        } else if (visit.part(1).equals("app")) {
            return PhoneApp.show(visit, visit.part(0));
        }
        return visit.parts() == 0
                ? list(visit, new Form(Map.of()), Map.of())
                : one(visit, visit.get(API + "/" + visit.part(0)), null, Map.of(), null);
    }

    private static Reply list(Visit visit, Form form, Map<String, String> errors) {
        Answer phones = visit.call(
                Call.get(API).with("limit", "50").with("cursor", visit.form().get("cursor")));
        List<Adapter> adapters = visit.call(Call.get("/v1/adapters").with("limit", "500")).list(Adapter.class).stream()
                .sorted(java.util.Comparator.comparing(Adapter::name))
                .toList();
        return Reply.page(
                "nav.phones",
                "phones",
                new Listed(phones.list(ShownPhone.class), phones.next(), adapters, form, errors));
    }

    private static Reply one(
            Visit visit,
            Answer answer,
            @Nullable Form form,
            Map<String, String> errors,
            @Nullable Meanwhile meanwhile) {
        ShownPhone phone = answer.as(ShownPhone.class);
        String id = phone.id();
        Answer gaps = visit.get(API + "/" + id + "/gaps");
        Answer outgoing = visit.call(Call.get("/v1/outgoing")
                .with("device", id)
                .with("limit", "20")
                .with("cursor", visit.form().get("cursor")));
        return Reply.page(
                meanwhile == null ? Reply.OK : Meanwhile.CHANGED,
                phone.name(),
                "phone",
                new One(
                        phone,
                        gaps.isGood() ? gaps(gaps) : null,
                        outgoing.isGood() ? outgoing.list(Outgoing.class) : List.of(),
                        outgoing.isGood() ? outgoing.next() : null,
                        form,
                        errors,
                        meanwhile));
    }

    private static List<Gap> gaps(Answer answer) {
        JsonNode missing = answer.json().path("missing");
        return java.util.stream.StreamSupport.stream(missing.spliterator(), false)
                .map(gap -> new Gap(gap.path("from").asInt(), gap.path("to").asInt()))
                .toList();
    }

    @Override
    public Reply act(Visit visit) {
        if (visit.parts() == 0) {
            return pair(visit);
        } else if (visit.part(0).equals("browser")) {
            return inThisBrowser(visit);
        }
        return switch (visit.part(1)) {
            case "pairing" -> again(visit, visit.part(0));
            case "delete" -> delete(visit, visit.part(0));
            case "app" -> PhoneApp.act(visit, visit.part(0));
            case "import" -> PhoneImport.act(visit, visit.part(0));
            case "manage" -> manage(visit, visit.part(0));
            case "" -> save(visit, visit.part(0));
            default -> show(visit);
        };
    }

    /** Changes what the form has, and nothing else. Of two people who do so the second is told. */
    private static Reply save(Visit visit, String id) {
        Form form = visit.form();
        ObjectNode wanted = Answer.JSON.createObjectNode().put("name", form.get("name"));
        for (String name : TEXTS) {
            wanted.put(name, form.has(name) ? form.get(name) : null);
        }
        ObjectNode sims = wanted.putObject("sims");
        form.fields().keySet().stream()
                .filter(name -> name.startsWith("sim.") && form.has(name))
                .forEach(name -> sims.put(name.substring("sim.".length()), form.get(name)));
        Answer saved = visit.call(
                Call.send("PATCH", API + "/" + id, Visit.bytes(wanted)).ifVersion(form.get("version")));
        if (saved.status() == 422) {
            return one(visit, visit.get(API + "/" + id), form, saved.errors(), null);
        } else if (saved.status() == Meanwhile.CHANGED) {
            Answer now = visit.get(API + "/" + id);
            ObjectNode typed = now.object();
            typed.setAll(wanted);
            return one(visit, now, form, Map.of(), Meanwhile.of(visit, id, now.json(), typed));
        }
        saved.orThrow();
        return Reply.to("/phones/" + id + "?said=saved");
    }

    private static Reply pair(Visit visit) {
        Form form = visit.form();
        ObjectNode wanted = Answer.JSON.createObjectNode().put("name", form.get("name"));
        put(wanted, "number", form.get("number"));
        put(wanted, "adapter", form.get("adapter"));
        put(wanted, "signingKey", form.get("signingKey"));
        Answer made = visit.send("POST", API, wanted);
        return made.status() == 422
                ? list(visit, form, made.errors())
                : Reply.page("phones.paired", "paired", new Paired(made.as(ShownPhone.class), form.get("signingKey")));
    }

    private static void put(ObjectNode wanted, String name, String value) {
        if (!value.isEmpty()) {
            wanted.put(name, value);
        }
    }

    /** Pairs a phone that is a page of this browser, and opens it. */
    private static Reply inThisBrowser(Visit visit) {
        ObjectNode wanted = Answer.JSON
                .createObjectNode()
                .put("name", visit.texts().get("phones.browser"))
                .put("number", "911234500000");
        ShownPhone.Pairing pairing =
                visit.send("POST", API, wanted).as(ShownPhone.class).pairing();
        String link = pairing == null ? "" : pairing.link();
        return Reply.to("/phone" + (link.contains("#") ? link.substring(link.indexOf('#')) : ""));
    }

    private static Reply again(Visit visit, String id) {
        Answer made = visit.post(API + "/" + id + "/pairing").orThrow();
        ObjectNode phone = visit.get(API + "/" + id).object();
        phone.set("pairing", made.json());
        return Reply.page("phones.paired", "paired", new Paired(new Answer(Reply.OK, phone).as(ShownPhone.class), ""));
    }

    /** Lets the phone's own page change the Forward URL, or no longer. */
    private static Reply manage(Visit visit, String id) {
        ObjectNode wanted = Answer.JSON
                .createObjectNode()
                .put("manage", visit.form().get("manage").equals("yes"));
        visit.send("PATCH", API + "/" + id, wanted).orThrow();
        return Reply.to("/phones/" + id + "?said=saved");
    }

    private static Reply delete(Visit visit, String id) {
        visit.call(Call.send("DELETE", API + "/" + id)
                        .with("discard", visit.form().has("sure") ? "true" : null))
                .orThrow();
        return Reply.to("/phones?said=deleted");
    }
}
