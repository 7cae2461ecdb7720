package com.mobileapiconnect.bridge.crash;

import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Starts {@link CrashBridge} on the class path that the suite itself has. Two hundred starts are most of its time: the
 * first bridge leaves an archive of its loaded classes to the others, which is only done for jars.
 */
final class Launcher {

    private final Path directory;
    private final String classPath;
    private final Path archive;
    private final Path migrations;

    Launcher(Path directory, Path migrations) throws IOException {
        this.directory = directory;
        this.migrations = migrations;
        this.archive = directory.resolve("classes.jsa");
        List<String> entries = new ArrayList<>();
        for (String entry : classPath()) {
            entries.add(Files.isDirectory(Path.of(entry)) ? jar(Path.of(entry), entries.size()) : entry);
        }
        this.classPath = String.join(File.pathSeparator, entries);
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

    private String jar(Path classes, int number) throws IOException {
        Path jar = directory.resolve("classes" + number + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> !f.equals(classes)).sorted().collect(Collectors.toList())) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                // Directories too: Spring looks for packages by them.
                out.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
                if (Files.isRegularFile(file)) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
        return jar.toString();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** @param options of the runtime; the arguments are the bridge's */
    BridgeProcess launch(
            List<String> options, List<String> arguments, Path dataDirectory, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                // It lives for seconds: better to run soon than fast.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                (Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + archive,
                "-Dlogging.level.bridge.attempts=warn"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath + File.pathSeparator + migrations, CrashBridge.class.getName()));
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
