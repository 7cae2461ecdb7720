package com.mobileapiconnect.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles the sources of plugins, each in a package of its own, and packs them into jars. */
final class PluginJars {

    private final Path classes;
    private final Path directory;

    private PluginJars(Path classes, Path directory) {
        this.classes = classes;
        this.directory = directory;
    }

    /** @param sources by the paths of their files, like {@code acme/Credit.java} */
    static PluginJars compile(Map<String, String> sources, Path work, Path directory) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve("sources").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
        }
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Stream<String> options = Stream.of(
                "-proc:none",
                "-nowarn",
                "--release",
                "17",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
        Stream<String> files = sources.keySet().stream()
                .map(name -> work.resolve("sources").resolve(name).toString());
        int result = javac.run(null, null, null, Stream.concat(options, files).toArray(String[]::new));
        assertThat(result).as("the plugins compile").isZero();
        return new PluginJars(classes, directory);
    }

    /** Packs the classes of a package, and more files. */
    Path jar(String name, String ofPackage, Map<String, String> more) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes.resolve(ofPackage))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        more.forEach((file, text) -> entries.put(file, text.getBytes(StandardCharsets.UTF_8)));
        return pack(name, entries);
    }

    /** Packs without compression, so that a byte of an entry can be found and changed in the jar. */
    Path pack(String name, Map<String, byte[]> entries) throws IOException {
        Path jar = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                CRC32 sum = new CRC32();
                sum.update(each.getValue());
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(each.getValue().length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(each.getValue());
            }
        }
        return jar;
    }

    byte[] type(String file) throws IOException {
        return Files.readAllBytes(classes.resolve(file));
    }

    static Map<String, String> maven(String name, String version) {
        return Map.of(
                "META-INF/maven/com.acme/" + name + "/pom.properties",
                "artifactId=" + name + "\ngroupId=com.acme\nversion=" + version + "\n");
    }

    static String beanThat(String inPackage, String does) {
        return "package " + inPackage + ";\nimport com.mobileapiconnect.bridge.plugin.BridgeBean;\n" + does;
    }
}
