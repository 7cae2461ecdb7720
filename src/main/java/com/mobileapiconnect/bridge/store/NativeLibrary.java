package com.mobileapiconnect.bridge.store;

import java.io.File;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's own code. Its driver unpacks it at every start, 1 MB into the directory for temporary files, and a process that
 * is killed leaves it there: killed often enough, a bridge would fill the disk. So it goes beside the database, where the
 * next start deletes what the last one left.
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String WHERE = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /** Once per process, and not when the operator has named a place. Whoever calls it has the directory for itself. */
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
            // No room there, or a file system whose files must not be run.
            LOG.debug("SQLite's library goes to where temporary files do", e);
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
