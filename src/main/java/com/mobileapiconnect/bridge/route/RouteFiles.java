package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of the pipeline.
 *
 * @param directory where they lie; null for the copy inside the jar
 * @param uris      what Camel loads them by, in their order
 * @param leftAside what else lies in the directory and is no route, by its name
 */
record RouteFiles(@Nullable Path directory, List<String> uris, List<String> leftAside) {

    static final String SUFFIX = ".camel.yaml";
    private static final String USUAL = "routes";
    /** Names of files that nobody takes for a route. */
    private static final Set<String> NO_ROUTES = Set.of("readme.md", "readme.txt", "readme");

    /**
     * @throws BadSettingException if a directory was named and it cannot be used: the routes inside the jar would run in
     *     place of those that were meant
     */
    static RouteFiles of(RouteSettings settings) throws IOException {
        if (!settings.dir().isBlank()) {
            return named(Path.of(settings.dir().strip()));
        }
        Path usual = Path.of(USUAL);
        return Files.isDirectory(usual) ? in(usual) : inJar();
    }

    private static RouteFiles named(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new BadSettingException(
                    "BRIDGE_ROUTES_DIR=" + directory + " is no directory (" + directory.toAbsolutePath()
                            + "). Name the one that holds the routes, or omit it to use those inside the jar.");
        }
        RouteFiles files = in(directory);
        if (files.uris().isEmpty()) {
            throw new BadSettingException("BRIDGE_ROUTES_DIR=" + directory + " holds no file whose name ends in "
                    + SUFFIX + ". Copy the files of routes/ there, or omit it to use those inside the jar.");
        }
        return files;
    }

    private static RouteFiles in(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        List<Path> all;
        try (Stream<Path> files = Files.list(absolute)) {
            all = files.sorted().toList();
        }
        List<String> aside = all.stream()
                .filter(file -> !isRoute(file))
                .map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                .filter(name -> !name.startsWith(".") && !NO_ROUTES.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        return new RouteFiles(
                absolute,
                all.stream()
                        .filter(RouteFiles::isRoute)
                        .map(file -> "file:" + file)
                        .toList(),
                aside);
    }

    private static boolean isRoute(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX) && !Files.isDirectory(file);
    }

    private static RouteFiles inJar() throws IOException {
        return new RouteFiles(
                null,
                Stream.of(new PathMatchingResourcePatternResolver().getResources("classpath:routes/*" + SUFFIX))
                        .map(file -> "classpath:routes/" + file.getFilename())
                        .sorted()
                        .toList(),
                List.of());
    }

    /** Returns where they are, for people. */
    String where() {
        return directory == null
                ? uris.size() + " files inside the jar"
                : uris.size() + " files in " + directory + ", read at the start: a change takes effect after a restart";
    }
}
