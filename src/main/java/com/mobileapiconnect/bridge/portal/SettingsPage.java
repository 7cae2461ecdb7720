package com.mobileapiconnect.bridge.portal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The operator's settings: how long things are kept, backups, plugins, resources, files of connectors, the log of changes. */
@Component
class SettingsPage implements PortalPage {

    @Override
    public Place place() {
        return Place.SETTINGS;
    }

    record Backup(
            String file,
            String status,
            String at,
            @Nullable Long bytes,
            @Nullable String error) {

        Fate fate() {
            return switch (status) {
                case "complete" -> Fate.DELIVERED;
                case "failed" -> Fate.FAILED;
                default -> Fate.WAITING;
            };
        }
    }

    record Plugin(
            String file,
            String name,
            @Nullable String version,
            String status,
            @Nullable String error) {}

    /** @param retention ISO durations by the names of what is kept */
    record Shown(Map<String, String> retention, List<Backup> backups, List<Plugin> plugins) {}

    /** Returns the variable that sets a period at a start. */
    static String variable(String period) {
        return "BRIDGE_RETENTION_" + period.toUpperCase(Locale.ROOT);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Reply show(Visit visit) {
        if (visit.part(0).equals("resources")) {
            return ResourceForms.show(visit);
        } else if (visit.part(0).equals("connectors")) {
            return Reply.page("connectorfiles.title", "connectorfiles", ShownConnectorFile.page(visit));
        } else if (visit.part(0).equals("log")) {
            return Reply.page(
                    "log.title", "settingslog", ChangeLog.of(visit, "/v1/operator/audit", "/settings/log", false));
        }
        Map<String, String> retention = visit.get("/v1/retention").as(Map.class);
        Answer backups = visit.call(Call.get("/v1/backups").with("limit", "10"));
        Answer plugins = visit.call(Call.get("/v1/plugins").with("limit", "50"));
        return Reply.page(
                "nav.settings",
                "settings",
                new Shown(
                        retention,
                        backups.isGood() ? backups.list(Backup.class) : List.of(),
                        plugins.isGood() ? plugins.list(Plugin.class) : List.of()));
    }

    @Override
    public Reply act(Visit visit) {
        if (visit.part(0).equals("resources")) {
            return ResourceForms.act(visit);
        }
        visit.post("/v1/backups").orThrow();
        return Reply.to("/settings?said=backup");
    }
}
