package com.mobileapiconnect.bridge.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Finds the product's own connectors that are files, which always stand inside the jar. */
public final class ProductFiles {

    public static final String SUFFIX = ".kamelet.yaml";

    private ProductFiles() {}

    /** Returns the files by their names, which are those of the connectors. */
    public static Map<String, Resource> all() {
        Map<String, Resource> files = new TreeMap<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:connectors/*" + SUFFIX)) {
                String name = String.valueOf(file.getFilename());
                files.put(name.substring(0, name.length() - SUFFIX.length()), file);
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("The jar's connectors cannot be found", e);
        }
    }
}
