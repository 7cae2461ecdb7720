package com.mobileapiconnect.bridge.drop;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file of lines, each of which is there once. Lines are written together and forced to the disk; what a failure has left
 * of them is taken away, at once or by whoever writes next.
 */
final class LineFile {

    /** Lines are cut at this length while they are looked for, which is longer than any of their beginnings. */
    private static final int LOOKED_AT = 200;

    private static final int LONGEST_TORN = 4 << 20;

    private final Path path;

    LineFile(Path path) {
        this.path = path;
    }

    /**
     * A line.
     *
     * @param beginning tells it from all others
     * @param isRepeat  whether it may be there
     */
    record Line(String beginning, String text, boolean isRepeat) {}

    /** Thrown where a file has other columns. */
    static final class OtherColumnsException extends IOException {
        OtherColumnsException() {
            super("The file has other columns than the connection has fields: move it away");
        }
    }

    /** @param head the first line of a new file; empty for none */
    void append(String head, List<Line> lines) throws IOException {
        try (FileChannel file = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            mendEnd(file, lines);
            long size = file.size();
            if (size > 0 && !head.isEmpty() && !head.equals(firstLine(file, head.length()))) {
                throw new OtherColumnsException();
            }
            Set<String> there = there(file, lines);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            if (size == 0 && !head.isEmpty()) {
                text.writeBytes(utf8(head + "\n"));
            }
            for (Line line : lines) {
                if (!there.contains(line.beginning())) {
                    text.writeBytes(utf8(line.text() + "\n"));
                }
            }
            write(file, size, ByteBuffer.wrap(text.toByteArray()));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void write(FileChannel file, long at, ByteBuffer text) throws IOException {
        try {
            long position = at;
            while (text.hasRemaining()) {
                position += file.write(text, position);
            }
            file.force(false);
        } catch (IOException e) {
            try {
                file.truncate(at);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    /** Ends the last line: takes it away if a crash has left half of one of ours, or adds its end. */
    private static void mendEnd(FileChannel file, List<Line> lines) throws IOException {
        long size = file.size();
        if (size == 0 || byteAt(file, size - 1) == '\n') {
            return;
        }
        int length = (int) Math.min(size, LONGEST_TORN);
        ByteBuffer end = ByteBuffer.allocate(length);
        while (end.hasRemaining() && file.read(end, size - length + end.position()) > 0) {
            // to its end
        }
        int begins = length;
        while (begins > 0 && end.get(begins - 1) != '\n') {
            begins--;
        }
        String torn = new String(end.array(), begins, Math.min(LOOKED_AT, length - begins), StandardCharsets.UTF_8);
        String ours = common(lines);
        if (torn.startsWith(ours) || ours.startsWith(torn)) {
            file.truncate(size - length + begins);
        } else {
            write(file, size, ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    /** Returns what all our lines begin with, up to the prefix of an id. */
    private static String common(List<Line> lines) {
        String first = lines.get(0).beginning();
        return first.substring(0, first.indexOf("dlv_") + 4);
    }

    private static byte byteAt(FileChannel file, long position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        file.read(one, position);
        return one.get(0);
    }

    private static String firstLine(FileChannel file, int length) throws IOException {
        ByteBuffer begin = ByteBuffer.allocate(4 * length + 1);
        file.read(begin, 0);
        String text = new String(begin.array(), 0, begin.position(), StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Returns the beginnings of those lines that are there; looks only for those that may be. */
    private static Set<String> there(FileChannel file, List<Line> lines) throws IOException {
        List<String> wanted = new ArrayList<>();
        lines.stream().filter(Line::isRepeat).map(Line::beginning).forEach(wanted::add);
        if (wanted.isEmpty() || file.size() == 0) {
            return Set.of();
        }
        int length = wanted.get(0).length();
        Set<String> asked = new HashSet<>(wanted);
        Set<String> there = new HashSet<>();
        file.position(0);
        // not closed: that would close the file
        BufferedReader reader = new BufferedReader(Channels.newReader(file, StandardCharsets.UTF_8));
        StringBuilder beginning = new StringBuilder();
        int c;
        while ((c = reader.read()) >= 0) {
            if (c == '\n') {
                beginning.setLength(0);
            } else if (beginning.length() < length) {
                beginning.append((char) c);
                if (beginning.length() == length && asked.contains(beginning.toString())) {
                    there.add(beginning.toString());
                }
            }
        }
        return there;
    }
}
