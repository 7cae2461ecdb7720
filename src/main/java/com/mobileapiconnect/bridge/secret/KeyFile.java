package com.mobileapiconnect.bridge.secret;

import com.mobileapiconnect.bridge.store.DataDirectory;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The file of the generated master key and, during an exchange, the file of the next one. The next key is on the disk
 * before anything is sealed with it, and replaces the first only after everything is.
 */
final class KeyFile {

    static final String NAME = DataDirectory.MASTER_KEY;
    private static final String NEXT = "master.key.next";

    private final Supplier<DataDirectory> directory;

    /** Takes the directory lazily: it is opened only to read or write a key. */
    KeyFile(Supplier<DataDirectory> directory) {
        this.directory = directory;
    }

    Path path() {
        return directory.get().path().resolve(NAME);
    }

    /** Reads the key, after generating it if there is none. */
    String read() {
        try {
            String key = Files.readString(directory.get().privateFile(NAME)).strip();
            return key.isEmpty() ? generate(NAME) : key;
        } catch (IOException e) {
            throw failed(NAME, e);
        }
    }

    String makeNext() {
        try {
            return generate(NEXT);
        } catch (IOException e) {
            throw failed(NEXT, e);
        }
    }

    /** Returns the key that an interrupted exchange has left. */
    Optional<String> next() {
        Path next = directory.get().path().resolve(NEXT);
        try {
            return Files.exists(next)
                    ? Optional.of(Files.readString(next).strip()).filter(key -> !key.isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            throw failed(NEXT, e);
        }
    }

    void promoteNext() {
        try {
            Files.move(
                    directory.get().path().resolve(NEXT),
                    path(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(NEXT, e);
        }
    }

    void dropNext() {
        try {
            Files.deleteIfExists(directory.get().path().resolve(NEXT));
        } catch (IOException e) {
            throw failed(NEXT, e);
        }
    }

    private String generate(String name) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String key = Base64.getEncoder().encodeToString(random);
        // Forced to the disk before the first secret is sealed with the key.
        try (FileChannel channel = FileChannel.open(
                directory.get().privateFile(name), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(StandardCharsets.US_ASCII.encode(key + "\n"));
            channel.force(true);
        }
        return key;
    }

    private StoreUnavailableException failed(String name, IOException e) {
        return new StoreUnavailableException(
                "Cannot read or create the master key in "
                        + directory.get().path().resolve(name) + " (" + DataDirectory.why(e)
                        + "). Free space, let the user that the bridge runs as write it, or provide the key with"
                        + " BRIDGE_MASTER_KEY.",
                e);
    }
}
