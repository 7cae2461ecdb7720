package com.mobileapiconnect.bridge.kamelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The product's own connectors, which always stand inside the jar. */
final class KameletTexts {

    static final String SUFFIX = ".kamelet.yaml";

    private KameletTexts() {}

    /** Returns the texts by the names of their files. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> texts = new TreeMap<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:connectors/*" + SUFFIX)) {
                String name = String.valueOf(file.getFilename());
                try (InputStream in = file.getInputStream()) {
                    texts.put(name.substring(0, name.length() - SUFFIX.length()), in.readAllBytes());
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException("The jar's connectors cannot be read", e);
        }
    }
}
