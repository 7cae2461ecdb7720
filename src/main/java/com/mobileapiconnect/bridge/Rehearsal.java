package com.mobileapiconnect.bridge;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/**
 * A start of this jar that ends as soon as it is ready: a process of its own at a low priority, in an empty directory,
 * with none of the operator's settings, keys or data.
 */
final class Rehearsal {

    /** Makes a start end as soon as it is ready. */
    static final String OPTION = "end-when-ready";

    private static final long LONGEST_MINUTES = 10;
    /** The options that an archive depends on. */
    private static final Pattern KEPT = Pattern.compile("-Xm[sx].*|-XX:[+-]Use.*|-XX:(Max|Initial)RAM.*");

    private Rehearsal() {}

    /**
     * @param options of this process
     * @param more    of the rehearsal alone
     * @param nice    its priority, from 0 to 19, the lowest
     */
    static void run(Path jar, List<String> options, String more, int nice) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("rehearsal");
        Process process = null;
        try {
            ProcessBuilder builder = new ProcessBuilder(command(jar, options, more, nice))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            environment(builder.environment(), directory);
            process = builder.start();
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("The rehearsal has not ended within " + LONGEST_MINUTES + " minutes");
            } else if (process.exitValue() != 0) {
                throw new IOException("The rehearsal ended with the status " + process.exitValue());
            }
        } finally {
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static List<String> command(Path jar, List<String> options, String more, int nice) {
        List<String> command = new ArrayList<>();
        if (File.separatorChar == '/') {
            command.addAll(List.of("nice", "-n", Integer.toString(nice)));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        options.stream().filter(option -> KEPT.matcher(option).matches()).forEach(command::add);
        if (more.startsWith("-XX:ArchiveClassesAtExit=")) { // it keeps nothing of what the second compiler learns
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.add(more);
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString(), "--" + OPTION));
        return command;
    }

    private static void environment(Map<String, String> variables, Path directory) {
        variables.keySet().retainAll(List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"));
        variables.put("SERVER_PORT", "0");
        variables.put("SERVER_ADDRESS", "127.0.0.1");
        variables.put("BRIDGE_DATA_DIR", directory.resolve("data").toString());
    }
}
