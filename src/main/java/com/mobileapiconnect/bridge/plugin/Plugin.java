package com.mobileapiconnect.bridge.plugin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A jar in the directory of plugins, in use or left aside. */
final class Plugin {

    private static final PluginJar.Services NO_SERVICES =
            new PluginJar.Services(List.of(), List.of(), List.of(), List.of(), List.of());

    private final String file;
    private final PluginVersion version;
    private final PluginJar.Services services;
    private final List<PluginBean> beans;
    private volatile @Nullable String error;

    private Plugin(
            String file,
            PluginVersion version,
            PluginJar.Services services,
            List<PluginBean> beans,
            @Nullable String error) {
        this.file = file;
        this.version = version;
        this.services = services;
        this.beans = beans;
        this.error = error;
    }

    static Plugin of(PluginJar jar, List<PluginBean> beans) {
        return new Plugin(jar.file(), jar.version(), jar.services(), beans, null);
    }

    static Plugin broken(PluginJar jar, String why) {
        return new Plugin(jar.file(), jar.version(), NO_SERVICES, List.of(), why);
    }

    /** Returns a file of which nothing could be read. */
    static Plugin unreadable(String file, String why) {
        return new Plugin(file, PluginVersion.ofName(file), NO_SERVICES, List.of(), why);
    }

    void leaveAside(String why) {
        error = why;
    }

    String file() {
        return file;
    }

    PluginVersion version() {
        return version;
    }

    PluginJar.Services services() {
        return services;
    }

    List<PluginBean> beans() {
        return beans;
    }

    /** Returns why the plugin is left aside; null if it is in use. */
    @Nullable String error() {
        return error;
    }
}
