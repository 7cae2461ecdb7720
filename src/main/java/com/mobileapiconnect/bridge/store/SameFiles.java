package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether open files are still the ones that their names lead to. A database whose directory was deleted or
 * replaced takes commits as before, into files that nobody will find again.
 */
final class SameFiles {

    private final Map<Path, Object> keys = new LinkedHashMap<>();

    /** Watches the files that are there now; on a file system without file keys none is watched. */
    SameFiles(Path... files) {
        for (Path file : files) {
            Object key = key(file);
            if (key != null) {
                keys.put(file, key);
            }
        }
    }

    /** The first file that is gone or another one; null while all are the same. */
    @Nullable Path changed() {
        for (Map.Entry<Path, Object> file : keys.entrySet()) {
            if (!file.getValue().equals(key(file.getKey()))) {
                return file.getKey();
            }
        }
        return null;
    }

    private static @Nullable Object key(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            return null;
        }
    }
}
