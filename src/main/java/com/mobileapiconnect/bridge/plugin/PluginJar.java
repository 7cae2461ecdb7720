package com.mobileapiconnect.bridge.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/**
 * A jar that was read from its first to its last byte, so that a broken one is found at the start and not by the first
 * class that is missing. Nothing of it is loaded.
 *
 * @param file     its name
 * @param services the Camel components, languages and data formats, and the JDBC drivers that it says to have
 * @param marked   names of classes that may have beans
 */
record PluginJar(Path path, String file, PluginVersion version, Services services, List<String> marked) {

    /** The annotation as a class file mentions it; only these classes have to be loaded to be asked. */
    private static final String MARK = "L" + BridgeBean.class.getName().replace('.', '/') + ";";

    private static final String CLASS = ".class";
    private static final String CAMEL = "META-INF/services/org/apache/camel/";
    private static final String DRIVERS = "META-INF/services/java.sql.Driver";
    private static final String CONVERTERS = CAMEL + "TypeConverterLoader";
    private static final Pattern OF_A_VERSION = Pattern.compile("META-INF/versions/(\\d+)/.*");
    private static final int JAVA_1 = 44; // the number that class files of Java 1 have; each version adds one

    /** Names by their kind. */
    record Services(
            List<String> components,
            List<String> languages,
            List<String> dataFormats,
            List<String> drivers,
            List<String> converters) {}

    /** @throws BrokenPluginException if it is no jar, a part of one, or made for a newer Java */
    static PluginJar read(Path path) throws BrokenPluginException {
        String file = path.getFileName().toString();
        try (JarFile jar = new JarFile(path.toFile())) {
            List<String> marked = new ArrayList<>();
            for (JarEntry entry : Collections.list(jar.entries())) {
                byte[] bytes = whole(jar, entry);
                if (entry.getName().endsWith(CLASS) && isForThisJava(entry.getName())) {
                    requireKnown(entry.getName(), bytes);
                    if (new String(bytes, StandardCharsets.ISO_8859_1).contains(MARK)) {
                        marked.add(nameOf(entry));
                    }
                }
            }
            return new PluginJar(path, file, PluginVersion.of(jar, file), services(jar), List.copyOf(marked));
        } catch (ZipException e) {
            throw new BrokenPluginException("is no jar, or only a part of one: " + e.getMessage());
        } catch (IOException | SecurityException | IllegalArgumentException e) {
            throw new BrokenPluginException("cannot be read: " + BrokenPluginException.words(e));
        }
    }

    /** Reads an entry to its end; the zip reader itself does not compare what it read with the sum that was written. */
    private static byte[] whole(JarFile jar, JarEntry entry) throws IOException, BrokenPluginException {
        CRC32 sum = new CRC32();
        byte[] bytes;
        try (InputStream in = jar.getInputStream(entry)) {
            if (entry.getName().endsWith(CLASS)) {
                bytes = in.readAllBytes();
                sum.update(bytes);
            } else {
                bytes = new byte[16 << 10];
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    sum.update(bytes, 0, read);
                }
            }
        }
        if (!entry.isDirectory() && entry.getCrc() >= 0 && entry.getCrc() != sum.getValue()) {
            throw new BrokenPluginException("is damaged: " + entry.getName() + " is not what was packed");
        }
        return bytes;
    }

    /** Returns whether this Java looks at the entry: classes for newer ones lie in directories of their own. */
    private static boolean isForThisJava(String entry) {
        Matcher version = OF_A_VERSION.matcher(entry);
        return !entry.endsWith("module-info.class")
                && (!version.matches()
                        || Integer.parseInt(version.group(1))
                                <= Runtime.version().feature());
    }

    private static void requireKnown(String entry, byte[] type) throws BrokenPluginException {
        if (type.length < 8 || (type[0] & 0xff) != 0xca || (type[1] & 0xff) != 0xfe) {
            throw new BrokenPluginException("is damaged: " + entry + " is no class");
        }
        int java = (((type[6] & 0xff) << 8) | (type[7] & 0xff)) - JAVA_1;
        if (java > Runtime.version().feature()) {
            throw new BrokenPluginException("is for Java " + java + " (" + entry + "), and the bridge runs on Java "
                    + Runtime.version().feature());
        }
    }

    private static String nameOf(JarEntry entry) {
        String path = entry.getName().replaceFirst("^META-INF/versions/\\d+/", "");
        return path.substring(0, path.length() - CLASS.length()).replace('/', '.');
    }

    private static Services services(JarFile jar) throws IOException {
        return new Services(
                under(jar, CAMEL + "component/"),
                under(jar, CAMEL + "language/"),
                under(jar, CAMEL + "dataformat/"),
                lines(jar, DRIVERS),
                lines(jar, CONVERTERS));
    }

    private static List<String> under(JarFile jar, String directory) {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.startsWith(directory) && name.length() > directory.length())
                .map(name -> name.substring(directory.length()))
                .sorted()
                .toList();
    }

    private static List<String> lines(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        if (entry == null) {
            return List.of();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .toList();
        }
    }
}
