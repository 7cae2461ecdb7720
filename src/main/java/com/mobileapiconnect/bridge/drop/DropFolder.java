package com.mobileapiconnect.bridge.drop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder as a connection writes into it. Names of files are made of the connection's settings and ids of deliveries: no
 * text of a message is part of one.
 */
final class DropFolder {

    /** Two connections may write to one file. */
    private static final Object[] LOCKS = locks();

    private final Path path;
    private final DropFormat format;
    private final boolean appends;
    private final String name;
    private final boolean daily;

    DropFolder(Path path, ErpConnection connection) {
        this.path = path;
        this.format = DropFormat.named(connection.text("format", "json"));
        this.appends = connection.text("mode", "file").equals("append");
        this.name = connection.text("name", "sms");
        this.daily = connection.flag("daily");
    }

    private static Object[] locks() {
        Object[] locks = new Object[64];
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new Object();
        }
        return locks;
    }

    Path path() {
        return path;
    }

    DropFormat format() {
        return format;
    }

    boolean appends() {
        return appends;
    }

    /** Returns the file that a delivery goes into; the same on every attempt. */
    Path fileOf(ErpWrite write) {
        if (!appends) {
            return path.resolve(write.key() + format.ending());
        }
        LocalDate day =
                write.attempt().delivery().createdAt().atOffset(ZoneOffset.UTC).toLocalDate();
        return path.resolve(name + (daily ? "-" + day : "") + format.endingOfLines());
    }

    /** Returns an outcome for each; the writes of one file go together. */
    List<Outcome> write(List<ErpWrite> writes) {
        List<Outcome> outcomes = new ArrayList<>(Collections.nCopies(writes.size(), later(ErrorClass.UNKNOWN, "")));
        Map<Path, List<Integer>> byFile = new LinkedHashMap<>();
        for (int i = 0; i < writes.size(); i++) {
            byFile.computeIfAbsent(fileOf(writes.get(i)), any -> new ArrayList<>())
                    .add(i);
        }
        byFile.forEach((file, places) -> {
            List<ErpWrite> those = places.stream().map(writes::get).toList();
            Outcome failed = write(file, those);
            for (int i = 0; i < places.size(); i++) {
                outcomes.set(places.get(i), failed == null ? done(file) : failed);
            }
        });
        return outcomes;
    }

    private static Outcome done(Path file) {
        return new Outcome.Delivered(
                new Evidence(null, null, null, null),
                false,
                ExternalRecord.of(String.valueOf(file.getFileName()), null));
    }

    private @Nullable Outcome write(Path file, List<ErpWrite> writes) {
        try {
            if (appends) {
                append(file, writes);
            } else {
                create(file, writes.get(0));
            }
            return null;
        } catch (IOException e) {
            return later(e instanceof NoSuchFileException ? ErrorClass.CONNECT : ErrorClass.UNKNOWN, words(e));
        }
    }

    private void append(Path file, List<ErpWrite> writes) throws IOException {
        List<LineFile.Line> lines = new ArrayList<>();
        String head = "";
        for (ErpWrite write : writes) {
            ObjectNode record = format.record(write);
            head = format.head(record);
            lines.add(new LineFile.Line(format.beginning(write.key()), format.line(record), write.mayBeThere()));
        }
        synchronized (LOCKS[Math.floorMod(file.hashCode(), LOCKS.length)]) {
            new LineFile(file).append(head, lines);
        }
    }

    /** Gives a file its name when all of it is on the disk, so that nobody sees half of one; a file of that name is this delivery's. */
    private void create(Path file, ErpWrite write) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        ObjectNode record = format.record(write);
        String head = format.head(record);
        String text = (head.isEmpty() ? "" : head + "\n") + format.line(record) + "\n";
        Path hidden = path.resolve("." + file.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    hidden,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            }
            Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(hidden);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
        forceNames();
    }

    /** Has the disk keep the file's name, too; not every system can. */
    private void forceNames() {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException cannot) {
            // then it keeps it when it will
        }
    }

    private static Outcome later(ErrorClass stage, String words) {
        return new Outcome.Retry(Evidence.failure(stage, words), null);
    }

    static String words(IOException failure) {
        String said = String.valueOf(failure.getMessage());
        String small = said.toLowerCase(Locale.ROOT);
        if (failure instanceof NoSuchFileException) {
            return "The folder is not there";
        } else if (failure instanceof AccessDeniedException) {
            return "The bridge may not write into the folder";
        } else if (small.contains("no space left") || small.contains("quota exceeded")) {
            return "The disk of the folder is full";
        } else if (small.contains("read-only file system")) {
            return "The disk of the folder takes no writes";
        } else if (failure instanceof LineFile.OtherColumnsException) {
            return said;
        }
        return "The folder did not take it: " + failure.getClass().getSimpleName();
    }
}
