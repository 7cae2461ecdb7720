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

/** A directory of texts that integrators edit: the routes, made with the first of them, or the connectors. */
public final class RouteFolder {

    static final String SUFFIX = ".camel.yaml";
    /** Names of files that nobody takes for a route. */
    private static final Set<String> NO_ROUTES = Set.of("readme.md", "readme.txt", "readme");

    private final Path directory;
    private final String suffix;

    RouteFolder(Path directory) {
        this(directory, SUFFIX);
    }

    /** @param suffix of the names of its files */
    public RouteFolder(Path directory, String suffix) {
        this.directory = directory.toAbsolutePath().normalize();
        this.suffix = suffix;
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

    public Path path() {
        return directory;
    }

    static String name(String fileName) {
        return withoutSuffix(fileName, SUFFIX);
    }

    private static String withoutSuffix(String fileName, String suffix) {
        return fileName.substring(0, fileName.length() - suffix.length());
    }

    private Path file(String name) {
        return directory.resolve(name + suffix);
    }

    /**
     * A file as it was seen. Two are equal if nothing was saved in between.
     *
     * @param key of the file itself: a saved file is often another one
     */
    public record Seen(long size, long modified, @Nullable Object key) {}

    /** Returns the files of routes by their names. */
    public Map<String, Seen> look() throws IOException {
        Map<String, Seen> seen = new TreeMap<>();
        for (Path file : list()) {
            String name = file.getFileName().toString();
            if (isRoute(file)) {
                try {
                    var attributes = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
                    seen.put(
                            withoutSuffix(name, suffix),
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
    public List<String> leftAside() throws IOException {
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

    private boolean isRoute(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(suffix)
                && RouteText.NAME.matcher(withoutSuffix(name, suffix)).matches()
                && Files.isRegularFile(file); // nothing that a reader could wait for
    }

    /** Returns a file's bytes, no more than the most of a text and one; null if there is none. */
    public byte @Nullable [] read(String name) throws IOException {
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
            Path temporary = directory.resolve("." + name + suffix + ".new");
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
