package com.mobileapiconnect.bridge.plugin;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files in the directory of plugins.
 *
 * @param directory null if there is none
 * @param jars      in the order of their names
 * @param leftAside the names of what else lies there
 */
record PluginFiles(@Nullable Path directory, List<Path> jars, List<String> leftAside) {

    private static final String USUAL = "plugins";
    private static final String SUFFIX = ".jar";
    private static final PluginFiles NONE = new PluginFiles(null, List.of(), List.of());
    /** Names of files that nobody takes for a plugin. */
    private static final Set<String> NO_PLUGINS = Set.of("readme.md", "readme.txt", "readme");

    /** @throws BadSettingException if a directory was named and cannot be read: what it holds would silently be missing */
    static PluginFiles of(PluginSettings settings) {
        if (settings.dir().isBlank()) {
            Path usual = Path.of(USUAL);
            return Files.isDirectory(usual) ? in(usual) : NONE;
        }
        Path named = Path.of(settings.dir().strip());
        if (!Files.isDirectory(named)) {
            throw new BadSettingException("BRIDGE_PLUGINS_DIR=" + named + " is no directory (" + named.toAbsolutePath()
                    + "). Name the one that holds the plugins, or omit it.");
        }
        return in(named);
    }

    private static PluginFiles in(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        List<Path> all;
        try (Stream<Path> files = Files.list(absolute)) {
            all = files.filter(file -> !isHidden(file)).sorted().toList();
        } catch (IOException e) {
            throw new BadSettingException("The directory of plugins, " + absolute + ", cannot be read: "
                    + e.getMessage() + ". Let the bridge read it, or name another one by BRIDGE_PLUGINS_DIR.");
        }
        return new PluginFiles(
                absolute,
                all.stream().filter(PluginFiles::isJar).toList(),
                all.stream()
                        .filter(file -> !isJar(file))
                        .map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                        .toList());
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX) && !Files.isDirectory(file);
    }

    private static boolean isHidden(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") || NO_PLUGINS.contains(name.toLowerCase(Locale.ROOT));
    }
}
