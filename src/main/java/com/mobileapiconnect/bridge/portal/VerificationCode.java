package com.mobileapiconnect.bridge.portal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Code that verifies the signature of a target's requests, with the header names of that target.
 *
 * @param back   the page that it belongs to
 * @param path   its own page
 * @param name   of the target
 * @param header the header with the signature
 */
record VerificationCode(String back, String path, String name, String header, Language language) {

    /** The header in the code as it is kept. */
    static final String USUAL_HEADER = "X-MAC-Signature";

    /** The languages, by the names of their files. */
    enum Language {
        NODE("JavaScript (Node)", "js"),
        PYTHON("Python", "py"),
        PHP("PHP", "php"),
        RUBY("Ruby", "rb"),
        GO("Go", "go"),
        JAVA("Java", "java"),
        CSHARP("C#", "cs", false),
        RUST("Rust", "rs", false);

        private final String title;
        private final String ending;
        private final boolean run;

        Language(String title, String ending) {
            this(title, ending, true);
        }

        Language(String title, String ending, boolean run) {
            this.title = title;
            this.ending = ending;
            this.run = run;
        }

        /** Returns whether the tests run this code; the other is held to its steps alone, and the page says so. */
        boolean isRun() {
            return run;
        }

        String title() {
            return title;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Returns a header's name as it stands in quotes; none has quotes or backslashes. */
        private String quoted(String header) {
            return switch (this) {
                case PHP -> header.replace("$", "\\$");
                case RUBY -> header.replace("#", "\\#");
                default -> header;
            };
        }

        /** Returns the code with the usual header names. */
        String code() {
            String file = "/portal/verify/" + word() + "." + ending;
            try (InputStream in = Language.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("The jar lacks " + file);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
    }

    static Reply page(Visit visit, ShownTarget target, String name, String back, String path) {
        Language language = Arrays.stream(Language.values())
                .filter(each -> each.word().equals(visit.form().get("language")))
                .findFirst()
                .orElse(Language.NODE);
        String header = target.signatureHeader() == null ? USUAL_HEADER : target.signatureHeader();
        return Reply.page("verify.title", "verify", new VerificationCode(back, path, name, header, language));
    }

    static List<Language> languages() {
        return List.of(Language.values());
    }

    String code() {
        return language.code().replace(USUAL_HEADER, language.quoted(header));
    }
}
