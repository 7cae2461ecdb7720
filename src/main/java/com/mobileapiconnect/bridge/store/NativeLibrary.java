package com.mobileapiconnect.bridge.store;

import java.io.File;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Keeps SQLite's native library beside the database. The driver unpacks it at every start, 1 MB into the directory for
 * temporary files, and a process that is killed leaves it there: a bridge killed often enough would fill the disk.
 * Beside the database the next start deletes the copy that the last one left.
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String WHERE = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /**
     * Unpacks the library once per process, unless the operator has named a place. The caller must have the directory
     * for itself.
     */
    static synchronized void unpackIn(Path directory) {
        if (System.getProperty(WHERE) != null) {
            return;
        }
        File place = directory.toFile();
        deleteLeftOvers(place);
        if (!place.isDirectory() && !place.mkdir()) {
            return;
        }
        System.setProperty(WHERE, place.getPath());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            // No space, or a file system from which nothing may be executed.
            LOG.debug("SQLite's library is unpacked into the directory for temporary files", e);
            System.clearProperty(WHERE);
        }
    }

    private static void deleteLeftOvers(File place) {
        File[] left = place.listFiles((directory, name) -> name.contains("sqlitejdbc"));
        if (left != null) {
            for (File file : left) {
                if (!file.delete()) {
                    LOG.debug("{} stays", file);
                }
            }
        }
    }
}
