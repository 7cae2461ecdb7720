package com.mobileapiconnect.bridge.portal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log of changes, a tenant's own or the operator's, with a filter. */
final class ChangeLog {

    private ChangeLog() {}

    record Change(
            String at,
            String actor,
            @Nullable String address,
            String action,
            String subject,
            @Nullable String detail) {}

    /**
     * A page of the log.
     *
     * @param path    of the page
     * @param byActor whether several may have made the changes
     * @param names   those of the keys that have one and are there still, by their ids
     * @param older   the cursor of the next page; null at the end
     * @param wrong   what is wrong with the filter; null if nothing is
     */
    record Log(
            String path,
            boolean byActor,
            Map<String, String> names,
            List<Change> changes,
            @Nullable String older,
            Form search,
            @Nullable String wrong) {

        /** Returns the page of what was changed; null for none. */
        @Nullable String page(Change change) {
            return byActor ? Ids.page(change.subject()) : Ids.ofOperator(change.subject());
        }

        /** Returns the link to the next page, with the same filter. */
        String olderPath() {
            return path + "?" + filtered(Call.get(path).with("cursor", older)).query();
        }

        /** Returns the link to all of it as a file, with the same filter. */
        String csv() {
            String query = filtered(Call.get(path)).query();
            return path + "/" + Exports.FILE + (query == null ? "" : "?" + query);
        }

        private Call filtered(Call call) {
            Call all = call;
            for (String field : List.of("actor", "action", "subject", "since", "until", "zone")) {
                all = all.with(field, search.get(field));
            }
            return all;
        }
    }

    static Log of(Visit visit, String api, String path, boolean byActor) {
        Form search = visit.form();
        Answer found = visit.call(call(search, api, byActor)
                .with("limit", Integer.toString(MessagesPage.A_PAGE))
                .with("cursor", search.get("cursor")));
        if (found.status() == 422) {
            return new Log(path, byActor, Map.of(), List.of(), null, search, found.detail());
        }
        Map<String, String> names = byActor ? KeyForms.names(visit, KeyForms.OWN) : Map.of();
        return new Log(path, byActor, names, found.list(Change.class), found.next(), search, null);
    }

    static Csv<Change> table(Visit visit, String api, boolean byActor) {
        return Csv.of("log", Change.class, call(visit.form(), api, byActor))
                .with("at", Change::at)
                .with("actor", Change::actor)
                .with("address", Change::address)
                .with("action", Change::action)
                .with("subject", Change::subject)
                .with("detail", Change::detail);
    }

    private static Call call(Form search, String api, boolean byActor) {
        Call call = Call.get(api)
                .with("action", search.get("action"))
                .with("subject", search.get("subject"))
                .with("since", When.since(search))
                .with("until", When.until(search));
        return byActor ? call.with("actor", search.get("actor")) : call;
    }
}
