package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The directory of the embedded database and the generated master key, held by an exclusive lock: a second process on
 * it would send every message twice.
 */
public final class DataDirectory implements AutoCloseable {

    /** The generated master key's file. */
    public static final String MASTER_KEY = "master.key";

    /** Advice about a file that cannot be opened, such as one that was put back by root. */
    static final String OWNED = "All files of the data directory have to belong to the user that the bridge runs as"
            + " (chown -R), and must not be read-only.";

    /** Held by the one bridge that uses the directory. */
    static final String LOCK = "bridge.lock";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** Creates the directory if it is missing (readable by its owner only) and takes the lock. */
    public static DataDirectory open(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            createPrivate(absolute);
            FileChannel channel =
                    FileChannel.open(absolute.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StoreUnavailableException(
                        "Another bridge is running on " + absolute
                                + ". Stop it, or give this one a directory of its own with BRIDGE_DATA_DIR.",
                        null);
            }
            return new DataDirectory(absolute, channel, lock);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "Cannot use " + absolute + " as data directory (" + why(e)
                            + "). Make it, and all files in it, belong to the user that the bridge runs as, or choose another one with BRIDGE_DATA_DIR.",
                    e);
        }
    }

    /** Says why a file cannot be used; its exception's own words are often the path alone. */
    public static String why(IOException failure) {
        String said = String.valueOf(failure.getMessage());
        if (failure instanceof AccessDeniedException) {
            return said + ": permission denied";
        }
        return failure instanceof FileAlreadyExistsException ? said + ": is no directory" : said;
    }

    private static void createPrivate(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory);
        if (posix(directory)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    /** Returns a file of the directory that only its owner may read, after creating it if it is missing. */
    public Path privateFile(String name) {
        Path file = path.resolve(name);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                if (posix(path)) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                } else {
                    Files.createFile(file);
                }
            }
            return file;
        } catch (IOException e) {
            throw new StoreUnavailableException("Cannot create " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean posix(Path somewhere) {
        return somewhere.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new StoreUnavailableException("Cannot release the lock on " + path, e);
        }
    }
}
