package com.mobileapiconnect.bridge.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The product's own routes, which always stand inside the jar. */
@Component
class ProductTexts {

    /** The file with what is for every route. */
    static final String ERRORS = "errors";

    private final Map<String, String> texts = new TreeMap<>();

    ProductTexts() throws IOException {
        for (Resource file :
                new PathMatchingResourcePatternResolver().getResources("classpath:routes/*" + RouteFolder.SUFFIX)) {
            try (InputStream in = file.getInputStream()) {
                texts.put(
                        RouteFolder.name(String.valueOf(file.getFilename())),
                        new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        if (!texts.keySet().containsAll(Set.of("accept", "deliver", ERRORS, "intake"))) {
            throw new IllegalStateException("The jar has only these routes: " + texts.keySet());
        }
    }

    Set<String> names() {
        return texts.keySet();
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    boolean is(String name, @Nullable String text) {
        return text != null && text.equals(texts.get(name));
    }
}
