package com.mobileapiconnect.bridge.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** What happens to the files of a SQLite store between a kill and the next start. */
enum FileDamage {
    LOG_CUT("bridge.db-wal"),
    LOG_CHANGED("bridge.db-wal"),
    LOG_LOST("bridge.db-wal"),
    DATABASE_CUT("bridge.db"),
    DATABASE_CHANGED("bridge.db"),
    DATABASE_LOST("bridge.db"),
    BOTH_LOST("bridge.db") {
        @Override
        void to(Path directory, Random random) throws IOException {
            Files.delete(directory.resolve("bridge.db"));
            Files.deleteIfExists(directory.resolve("bridge.db-wal"));
        }
    };

    private static final int CHANGED_BYTES = 500;

    private final String file;

    FileDamage(String file) {
        this.file = file;
    }

    void to(Path directory, Random random) throws IOException {
        Path damaged = directory.resolve(file);
        if (name().endsWith("_LOST")) {
            Files.delete(damaged);
            return;
        }
        try (RandomAccessFile bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
            long at = (long) (random.nextDouble() * bytes.length());
            if (name().endsWith("_CUT")) {
                bytes.setLength(at);
            } else {
                byte[] noise = new byte[CHANGED_BYTES];
                random.nextBytes(noise);
                bytes.seek(Math.min(at, Math.max(0, bytes.length() - CHANGED_BYTES)));
                bytes.write(noise);
            }
        }
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
