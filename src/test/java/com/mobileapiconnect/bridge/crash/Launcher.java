package com.mobileapiconnect.bridge.crash;

import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.ClassArchive;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Starts {@link CrashBridge} on the class path that the suite itself has. Starts are most of a suite's time, so its classes
 * are put into jars, of which an archive can be made.
 */
final class Launcher {

    /** What every bridge is started with: it lives for seconds, and had better run soon than fast. */
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC");

    private final Classes classes = Classes.OF_THIS_PROCESS;
    private final Path migrations;

    /** The class path as jars, and the options with which their archive is used. */
    private record Classes(String path, List<String> archive) {

        private static final Classes OF_THIS_PROCESS = make();

        private static Classes make() {
            try {
                Path directory = Files.createDirectories(Path.of("target/crash"));
                List<String> entries = new ArrayList<>();
                for (String entry : classPath()) {
                    entries.add(Files.isDirectory(Path.of(entry)) ? jar(Path.of(entry), directory) : entry);
                }
                String path = String.join(File.pathSeparator, entries);
                List<String> program = List.of("-cp", path, CrashBridge.class.getName());
                Path archive = directory.resolve("classes-%x.jsa".formatted(state(entries)));
                return new Classes(path, ClassArchive.options(archive, JAVA, program));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Another number for other files, or files that have changed. */
    private static int state(List<String> files) throws IOException {
        int state = JAVA.hashCode();
        for (String file : files) {
            state = 31 * state
                    + Objects.hash(
                            file, Files.getLastModifiedTime(Path.of(file)).toMillis());
        }
        return state;
    }

    /** @param migrations directory of the suite's own */
    Launcher(Path migrations) {
        this.migrations = migrations;
    }

    private static List<String> classPath() {
        if (CrashBridge.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).toList();
        }
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> Files.exists(Path.of(entry)))
                .toList();
    }

    /** All processes that run suites share it, and its archive. */
    private static String jar(Path classes, Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(file -> !file.equals(classes)).sorted().toList();
        }
        int state = state(files.stream().map(Path::toString).toList());
        Path jar = directory.resolve("classes-%x.jar".formatted(state));
        ClassArchive.once(jar, fresh -> write(fresh, classes, files));
        return jar.toAbsolutePath().toString();
    }

    private static void write(Path jar, Path classes, List<Path> files) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                // Directories too: Spring looks for packages by them.
                out.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
                if (Files.isRegularFile(file)) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
    }

    /** @param options of the runtime; the arguments are the bridge's */
    BridgeProcess launch(
            List<String> options, List<String> arguments, Path dataDirectory, Map<String, String> environment) {
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(classes.archive());
        command.add("-Dlogging.level.bridge.attempts=warn");
        command.addAll(options);
        command.addAll(List.of("-cp", classes.path() + File.pathSeparator + migrations, CrashBridge.class.getName()));
        command.addAll(arguments);
        return BridgeProcess.launch(command, Path.of("").toAbsolutePath(), dataDirectory, environment);
    }

    /** What a bridge has to know to die at a point, when it comes there for the nth time; nothing for no point. */
    static List<String> diesAt(@Nullable FaultPoint point, int nth, int requestsPort) {
        return point == null
                ? List.of()
                : List.of("-Dcrash.point=" + point, "-Dcrash.nth=" + nth, "-Dcrash.port=" + requestsPort);
    }

    /** What every bridge of a suite is started with; the caller adds its own. */
    static Map<String, String> environment(int port) {
        return new TreeMap<>(Map.of(
                "SERVER_PORT",
                Integer.toString(port),
                "BRIDGE_BOOTSTRAP_API_KEY",
                RunningBridge.TENANT_KEY,
                "BRIDGE_OPERATOR_KEY",
                RunningBridge.OPERATOR_KEY,
                "BRIDGE_DELIVERY_ALLOWED_NETWORKS",
                "127.0.0.0/8"));
    }
}
