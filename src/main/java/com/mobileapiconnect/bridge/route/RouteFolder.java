package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of the edited routes, made with the first of them. */
final class RouteFolder {

    static final String SUFFIX = ".camel.yaml";
    /** Names of files that nobody takes for a route. */
    private static final Set<String> NO_ROUTES = Set.of("readme.md", "readme.txt", "readme");

    private final Path directory;

    RouteFolder(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /**
     * The directory that was named; throws a {@link BadSettingException} if it cannot be used: the product's own routes
     * would run in place of those that were meant.
     */
    static RouteFolder named(String name) {
        RouteFolder folder = new RouteFolder(Path.of(name));
        if (!Files.isDirectory(folder.directory)) {
            throw new BadSettingException("BRIDGE_ROUTES_DIR=" + name + " is no directory (" + folder.directory
                    + "). Name the one that holds the routes, or omit it.");
        }
        return folder;
    }

    Path path() {
        return directory;
    }

    static String name(String fileName) {
        return fileName.substring(0, fileName.length() - SUFFIX.length());
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    /**
     * A file as it was seen. Two are equal if nothing was saved in between.
     *
     * @param key of the file itself: a saved file is often another one
     */
    record Seen(long size, long modified, @Nullable Object key) {}

    /** Returns the files of routes by their names. */
    Map<String, Seen> look() throws IOException {
        Map<String, Seen> seen = new TreeMap<>();
        for (Path file : list()) {
            String name = file.getFileName().toString();
            if (isRoute(file)) {
                try {
                    var attributes = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
                    seen.put(
                            name(name),
                            new Seen(
                                    attributes.size(),
                                    attributes.lastModifiedTime().toMillis(),
                                    attributes.fileKey()));
                } catch (NoSuchFileException gone) {
                    // between the list and the look
                }
            }
        }
        return seen;
    }

    /** Returns what else lies in the directory and is no route. */
    List<String> leftAside() throws IOException {
        return list().stream()
                .filter(file -> !isRoute(file))
                .map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                .filter(name -> !name.startsWith(".") && !NO_ROUTES.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
    }

    private List<Path> list() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static boolean isRoute(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && RouteText.NAME.matcher(name(name)).matches() && !Files.isDirectory(file);
    }

    /** Returns a file's bytes, no more than the most of a text and one; null if there is none. */
    byte @Nullable [] read(String name) throws IOException {
        try (InputStream in = Files.newInputStream(file(name))) {
            return in.readNBytes(RouteText.MOST_BYTES + 1);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** Writes a file so that it is whole at every moment, or removes it if there is no text; durable when it returns. */
    void write(String name, byte @Nullable [] text) throws IOException {
        if (text == null) {
            Files.deleteIfExists(file(name));
        } else {
            Files.createDirectories(directory);
            Path temporary = directory.resolve("." + name + SUFFIX + ".new");
            try (FileChannel out = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            move(temporary, file(name));
        }
        if (Files.isDirectory(directory)) {
            try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                entries.force(true);
            } catch (IOException notHere) {
                // Windows has no such thing for a directory
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
