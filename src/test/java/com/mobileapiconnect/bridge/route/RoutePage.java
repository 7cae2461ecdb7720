package com.mobileapiconnect.bridge.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The YAML that the documentation shows, as it is written there. */
final class RoutePage {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```yaml\\n(.*?)^ *```");
    private static final Pattern NAMED = Pattern.compile("# ([a-z-]+)\\.camel\\.yaml\\n");

    private RoutePage() {}

    /** All blocks of YAML in a page. */
    static List<String> blocks(Path page) {
        List<String> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(read(page));
        while (found.find()) {
            blocks.add(found.group(2).replaceAll("(?m)^" + found.group(1), ""));
        }
        return blocks;
    }

    /** The files that docs/routes.md shows whole, by the names in their first lines, without the suffix. */
    static Map<String, String> examples() {
        Map<String, String> examples = new LinkedHashMap<>();
        for (String block : blocks(Path.of("docs/routes.md"))) {
            Matcher name = NAMED.matcher(block);
            if (name.lookingAt()) {
                examples.put(name.group(1), block);
            }
        }
        return examples;
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
