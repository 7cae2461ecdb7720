package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tenants of the bridge with their limits and keys, for the operator. */
@Component
class TenantsPage implements PortalPage {

    private static final String API = "/v1/tenants";
    private static final String LIMIT = "limits.";

    @Override
    public Place place() {
        return Place.TENANTS;
    }

    record Tenant(
            String id,
            String name,
            List<String> allowedNetworks,
            Map<String, Integer> limits,
            String status,
            @Nullable String region,
            long version,
            String createdAt) {

        Fate fate() {
            return status.equals("active") ? Fate.DELIVERED : Fate.HELD;
        }

        boolean isDeleting() {
            return status.equals("deleting");
        }
    }

    record Listed(List<Tenant> tenants, @Nullable String older, Form form, Map<String, String> errors) {}

    record One(Tenant tenant, KeyForms.Keys keys, Map<String, String> errors) {}

    @Override
    public Reply show(Visit visit) {
        return visit.parts() == 0 ? list(visit, new Form(Map.of()), Map.of()) : one(visit, keys(visit), Map.of());
    }

    private static String path(Visit visit) {
        return "/tenants/" + visit.part(0);
    }

    private static String api(Visit visit) {
        return API + "/" + visit.part(0);
    }

    private static KeyForms.Keys keys(Visit visit) {
        return KeyForms.of(visit, api(visit) + "/keys", path(visit));
    }

    private static Reply list(Visit visit, Form form, Map<String, String> errors) {
        Answer tenants = visit.call(
                Call.get(API).with("limit", "50").with("cursor", visit.form().get("cursor")));
        return Reply.page(
                "nav.tenants", "tenants", new Listed(tenants.list(Tenant.class), tenants.next(), form, errors));
    }

    private static Reply one(Visit visit, KeyForms.Keys keys, Map<String, String> errors) {
        Tenant tenant = tenant(visit);
        return Reply.page(tenant.name(), "tenant", new One(tenant, keys, errors));
    }

    /** The API lists tenants alone; there are few, and they are in memory. */
    private static Tenant tenant(Visit visit) {
        String id = visit.part(0);
        Call page = Call.get(API).with("limit", "500");
        for (Answer answer = visit.call(page); ; answer = visit.call(page.with("cursor", answer.next()))) {
            for (Tenant each : answer.list(Tenant.class)) {
                if (each.id().equals(id)) {
                    return each;
                }
            }
            if (answer.next() == null) {
                return new Tenant(id, id, List.of(), Map.of(), "deleting", null, 0, "");
            }
        }
    }

    @Override
    public Reply act(Visit visit) {
        if (visit.parts() == 0) {
            return create(visit);
        }
        return switch (visit.part(1)) {
            case "keys" -> one(visit, KeyForms.make(visit, api(visit) + "/keys", path(visit)), Map.of());
            case "revoke" -> {
                KeyForms.revoke(visit, api(visit) + "/keys");
                yield Reply.to(path(visit) + "?said=revoked");
            }
            case "suspend", "resume" -> {
                visit.post(api(visit) + "/" + visit.part(1)).orThrow();
                yield Reply.to(path(visit) + "?said=saved");
            }
            case "delete" -> delete(visit);
            default -> change(visit);
        };
    }

    private static ObjectNode fields(Form form) {
        ObjectNode wanted = Answer.JSON.createObjectNode().put("name", form.get("name"));
        ArrayNode networks = wanted.putArray("allowedNetworks");
        for (String each : form.get("allowedNetworks").split("[,\\s]+")) {
            if (!each.isEmpty()) {
                networks.add(each);
            }
        }
        wanted.put("region", form.has("region") ? form.get("region") : null);
        return wanted;
    }

    private static Reply create(Visit visit) {
        Answer made = visit.send("POST", API, fields(visit.form()));
        return made.status() == 422
                ? list(visit, visit.form(), made.errors())
                : Reply.to("/tenants/" + made.orThrow().text("id") + "?said=saved");
    }

    /** Sends the limits that were changed alone: the others go on being those of the settings. */
    private static Reply change(Visit visit) {
        ObjectNode wanted = fields(visit.form());
        ObjectNode limits = Answer.JSON.createObjectNode();
        tenant(visit).limits().forEach((name, now) -> {
            String given = visit.form().get(LIMIT + name);
            if (given.isEmpty()) {
                limits.putNull(name);
            } else if (!given.equals(now.toString())) {
                limits.put(name, given.matches("\\d{1,9}") ? Integer.parseInt(given) : -1);
            }
        });
        wanted.set("limits", limits);
        Answer saved = visit.call(Call.send("PATCH", api(visit), Visit.bytes(wanted))
                .ifVersion(visit.form().get("version")));
        if (saved.status() == 422) {
            return one(visit, keys(visit), saved.errors());
        }
        saved.orThrow();
        return Reply.to(path(visit) + "?said=saved");
    }

    /** Asks for the name: whoever deletes a tenant means this one. */
    private static Reply delete(Visit visit) {
        if (!visit.form().get("sure").equals(tenant(visit).name())) {
            return one(visit, keys(visit), Map.of("sure", visit.texts().get("tenant.delete.sure")));
        }
        visit.call(Call.send("DELETE", api(visit)).ifVersion(visit.form().get("version")))
                .orThrow();
        return Reply.to("/tenants?said=deleting");
    }
}
