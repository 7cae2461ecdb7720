package com.mobileapiconnect.bridge.kamelet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Connectors as integrators write them. */
final class KameletFiles {

    static final String LEDGER = kamelet("ledger", """
            required: [book]
            properties:
              book: {title: Book, type: string}
              pin: {title: PIN, type: string, format: password}
              fields: {title: Fields, type: object, format: mapping, default: {note: "{{text}}"}}
            """, "- to: erp:ledger");

    private KameletFiles() {}

    /**
     * @param definition lines below {@code definition}
     * @param steps      lines below {@code steps}
     */
    static String kamelet(String name, String definition, String steps) {
        return """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: NAME
                  labels:
                    camel.apache.org/kamelet.type: sink
                spec:
                  definition:
                    title: The NAME
                    description: For tests.
                    type: object
                DEFINITION
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                STEPS
                """.replace("NAME", name)
                .replace("DEFINITION", definition.indent(4).stripTrailing())
                .replace("STEPS", steps.indent(8).stripTrailing());
    }

    /** Whole at every moment: somebody may look at the directory meanwhile. */
    static void save(Path directory, String name, String text) {
        try {
            Path fresh = Files.createTempFile(directory.toAbsolutePath().getParent(), "saved", ".yaml");
            Files.writeString(fresh, text);
            Files.move(fresh, directory.resolve(name + ".kamelet.yaml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
