package com.mobileapiconnect.bridge.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** Whatever a regular expression finds at any place of a file; within another find, too. */
    public Set<String> all(String regex) {
        Pattern anywhere = Pattern.compile("(?=(" + regex + "))");
        return contents.stream()
                .flatMap(content -> anywhere.matcher(content).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** Whether one of these texts is in one of the files. */
    public boolean contain(String... texts) {
        return Stream.of(texts)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .anyMatch(text -> contents.stream().anyMatch(content -> content.contains(text)));
    }
}
