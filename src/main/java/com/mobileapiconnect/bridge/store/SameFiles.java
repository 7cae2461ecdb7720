package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detects open files whose names no longer lead to them. After its directory was deleted or replaced, a database still
 * commits, but into files that are lost.
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

    /** Returns the first file that is gone or replaced; null if there is none. */
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
