package com.mobileapiconnect.bridge.plugin;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the plugins, for the operator. */
@RestController
class PluginResource {

    private final Plugins plugins;

    PluginResource(Plugins plugins) {
        this.plugins = plugins;
    }

    /** A plugin as the API shows it. */
    record PluginView(
            String file,
            String name,
            @Nullable String version,
            String status,
            Provides provides,
            @Nullable String error) {

        static PluginView of(Plugin plugin) {
            return new PluginView(
                    plugin.file(),
                    plugin.version().name(),
                    plugin.version().version(),
                    plugin.error() == null ? "used" : "left-aside",
                    plugin.error() == null ? Provides.of(plugin) : Provides.NOTHING,
                    plugin.error());
        }
    }

    /** Names of what a plugin brings; of drivers, their classes. */
    record Provides(
            List<String> components,
            List<String> languages,
            List<String> dataFormats,
            List<String> drivers,
            List<String> beans) {

        static final Provides NOTHING = new Provides(List.of(), List.of(), List.of(), List.of(), List.of());

        static Provides of(Plugin plugin) {
            PluginJar.Services services = plugin.services();
            return new Provides(
                    services.components(),
                    services.languages(),
                    services.dataFormats(),
                    services.drivers(),
                    plugin.beans().stream().map(PluginBean::name).sorted().toList());
        }
    }

    /** A plugin with its place in the list, counted from the end. */
    private record Placed(String place, Plugin plugin) {}

    @GetMapping("/v1/plugins")
    Page<PluginView> list(Caller.OfOperator operator, Page.Request page) {
        List<Plugin> all = plugins.all();
        List<Placed> placed = new ArrayList<>(all.size());
        for (Plugin plugin : all) {
            placed.add(new Placed(String.format(Locale.ROOT, "plugins:%06d", all.size() - placed.size()), plugin));
        }
        return Page.of(placed.stream(), page, "plugins:", Placed::place).map(each -> PluginView.of(each.plugin()));
    }
}
