package com.mobileapiconnect.bridge.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The product's own routes, which always stand inside the jar. */
@Component
class ProductTexts {

    /** The file with what is for every route. */
    static final String ERRORS = "errors";

    private static final String DELIVER = "deliver";

    /** The names are listed, because a start that looked for the files would go through all the jar. */
    static final Set<String> NAMES = Set.of("accept", DELIVER, ERRORS, "intake");

    private final Map<String, String> texts = new TreeMap<>();

    ProductTexts() throws IOException {
        for (String name : NAMES) {
            String file = "/routes/" + name + RouteFolder.SUFFIX;
            try (InputStream in = Objects.requireNonNull(ProductTexts.class.getResourceAsStream(file), file)) {
                texts.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    Set<String> names() {
        return texts.keySet();
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** Returns whether a message goes through it before its phone is answered; errors are for every route. */
    boolean isOfIntake(String name) {
        return texts.containsKey(name) && !name.equals(DELIVER);
    }

    boolean is(String name, @Nullable String text) {
        return text != null && text.equals(texts.get(name));
    }
}
