package com.mobileapiconnect.bridge.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the files of a data directory hold, whatever it means; libraries aside. */
public final class FileBytes {

    private final List<String> contents;

    private FileBytes(List<String> contents) {
        this.contents = contents;
    }

    /** Every file of the directory and below, as it is now. */
    public static FileBytes of(Path directory) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(directory.resolve("native")))
                    .toList()) {
                contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return new FileBytes(contents);
    }

    /** Whether one of these texts is in one of the files. */
    public boolean contain(String... texts) {
        return Stream.of(texts)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .anyMatch(text -> contents.stream().anyMatch(content -> content.contains(text)));
    }
}
