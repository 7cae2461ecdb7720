package com.mobileapiconnect.bridge.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name and version of a jar: what its build wrote into it, otherwise what its file's name says. */
record PluginVersion(String name, @Nullable String version) {

    private static final Pattern WRITTEN_BY_MAVEN = Pattern.compile("META-INF/maven/[^/]+/([^/]+)/pom\\.properties");
    private static final Pattern FILE = Pattern.compile("(.+?)(?:-([0-9][\\w.+-]*))?\\.jar");
    private static final List<String> VERSIONS =
            List.of("Implementation-Version", "Bundle-Version", "Specification-Version");
    private static final int LONGEST = 100;

    PluginVersion {
        name = line(name);
        version = version == null || version.isBlank() ? null : line(version);
    }

    static PluginVersion of(JarFile jar, String file) throws IOException {
        PluginVersion named = ofName(file);
        Properties maven = maven(jar, named.name());
        String version = maven.getProperty("version");
        if (version == null) {
            version = manifest(jar);
        }
        return new PluginVersion(
                maven.getProperty("artifactId", named.name()), version == null ? named.version() : version);
    }

    /** Returns what the name of a file says, like {@code acme-1.2.jar}. */
    static PluginVersion ofName(String file) {
        Matcher parts = FILE.matcher(file);
        return parts.matches() ? new PluginVersion(parts.group(1), parts.group(2)) : new PluginVersion(file, null);
    }

    /** A jar that holds others has several; its own is then the one by which its file is named. */
    private static Properties maven(JarFile jar, String stem) throws IOException {
        List<JarEntry> all = jar.stream()
                .filter(entry -> WRITTEN_BY_MAVEN.matcher(entry.getName()).matches())
                .toList();
        Properties properties = new Properties();
        for (JarEntry entry : all) {
            Matcher artifact = WRITTEN_BY_MAVEN.matcher(entry.getName());
            if (all.size() == 1 || (artifact.matches() && artifact.group(1).equals(stem))) {
                try (InputStream in = jar.getInputStream(entry)) {
                    properties.load(in);
                } catch (IllegalArgumentException e) {
                    properties.clear(); // not what Maven writes: the name of the file says it
                }
            }
        }
        return properties;
    }

    private static @Nullable String manifest(JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        if (manifest == null) {
            return null;
        }
        Attributes main = manifest.getMainAttributes();
        return VERSIONS.stream()
                .map(main::getValue)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(null);
    }

    private static String line(String text) {
        String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }

    @Override
    public String toString() {
        return version == null ? name : name + " " + version;
    }
}
