package com.mobileapiconnect.bridge.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory of backups. A file has its final name only once it is whole and on the disk. */
final class BackupFiles {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("bridge-\\d{8}T\\d{6}\\.\\d{3}Z\\.db");
    private static final String PART = ".part";
    private static final Pattern CUT_SHORT = Pattern.compile(NAME.pattern() + "\\.part");

    private final Path directory;

    BackupFiles(Path directory) {
        this.directory = directory;
    }

    static String nameAt(Instant time) {
        return "bridge-" + TIME.format(time) + ".db";
    }

    /** An empty file that only its owner may read; left-overs of a backup that was cut short are deleted. */
    Path begin(String name) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path left : files.filter(BackupFiles::isCutShort).toList()) {
                Files.delete(left);
            }
        }
        Path part = directory.resolve(name + PART);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.createFile(
                    part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.createFile(part);
    }

    /** Returns whether a file is a backup that was cut short; others may have files of the same ending there. */
    private static boolean isCutShort(Path file) {
        return CUT_SHORT.matcher(file.getFileName().toString()).matches();
    }

    /** Makes sure that a backup can be begun. */
    void requireWritable(String name) throws IOException {
        Files.delete(begin(name));
    }

    /** Gives a complete file its final name, durably. */
    Path finish(Path part) throws IOException {
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        String name = part.getFileName().toString();
        Path whole = directory.resolve(name.substring(0, name.length() - PART.length()));
        return Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Complete backups, newest first. */
    List<Path> complete() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        }
    }

    void keep(int newest) throws IOException {
        List<Path> all = complete();
        for (Path old : all.subList(Math.min(newest, all.size()), all.size())) {
            Files.delete(old);
        }
    }
}
