package com.mobileapiconnect.bridge.kamelet;

import com.mobileapiconnect.bridge.connector.ProductFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The product's own connectors, which always stand inside the jar. */
final class KameletTexts {

    static final String SUFFIX = ProductFiles.SUFFIX;

    private KameletTexts() {}

    /** Returns the texts by the names of their files. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> texts = new TreeMap<>();
        ProductFiles.all().forEach((name, file) -> {
            try (InputStream in = file.getInputStream()) {
                texts.put(name, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("The jar's connectors cannot be read", e);
            }
        });
        return texts;
    }
}
