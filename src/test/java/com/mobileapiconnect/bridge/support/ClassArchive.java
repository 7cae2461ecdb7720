package com.mobileapiconnect.bridge.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An archive of the classes that a bridge loads, with which every further start takes a part of the first one's time.
 * Whoever needs it first makes it, by a start that ends after one delivery; who needs it meanwhile waits, in other
 * processes too.
 */
public final class ClassArchive {

    private ClassArchive() {}

    /** Writes a file. */
    public interface Making {

        void to(Path file) throws IOException;
    }

    /**
     * Returns the options with which a Java uses the archive.
     *
     * @param archive the file, named after everything that it depends on
     * @param java    the program and its options
     * @param program what it runs: a class path of jars and a class, or a jar
     */
    public static List<String> options(Path archive, List<String> java, List<String> program) {
        once(archive, fresh -> make(fresh, java, program));
        return List.of("-XX:SharedArchiveFile=" + archive.toAbsolutePath());
    }

    /** Makes a file if it is not there yet, whole at every moment. */
    public static synchronized void once(Path file, Making making) {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!Files.exists(file) && held.isValid()) {
                Path fresh = file.resolveSibling(file.getFileName() + ".new");
                making.to(fresh);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path fresh, List<String> java, List<String> program) throws IOException {
        List<String> command = new ArrayList<>(java);
        command.add("-XX:ArchiveClassesAtExit=" + fresh.toAbsolutePath());
        command.addAll(program);
        Path data = Files.createTempDirectory("class-archive");
        try (Receiver receiver = new Receiver();
                BridgeProcess bridge =
                        BridgeProcess.launchWithKeys(command, data).awaitReady()) {
            deliverOne(bridge.tenant(), receiver);
        }
    }

    /** Loads what a first message and its delivery need. */
    private static void deliverOne(Api tenant, Receiver receiver) {
        tenant.connection(receiver.url("/"), "");
        String token =
                tenant.post("/v1/devices", "{\"name\":\"phone\"}").expect(201).at("/token");
        tenant.as(token).post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(202);
        Eventually.within(60, () -> assertThat(receiver.requests()).isNotEmpty());
    }
}
