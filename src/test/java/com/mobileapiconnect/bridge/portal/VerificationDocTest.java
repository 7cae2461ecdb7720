package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The code of the documentation is the code that the portal shows and the tests run. */
class VerificationDocTest {

    /**
     * The steps that a text must have in every language, the ones that no test runs among them: which headers it reads, what
     * it signs, and how old a request may be. This does not prove that it compiles.
     */
    @ParameterizedTest
    @EnumSource
    void theCodeOfEveryLanguageHasEachStep(VerificationCode.Language language) {
        String code = language.code();

        assertThat(code)
                .contains("\"X-MAC-Signature\"", "\"X-MAC-Signature-Previous\"")
                .contains("\"webhook-id\"", "\"webhook-timestamp\"", "\"webhook-signature\"")
                .contains("sha256=", "v1,", "whsec_")
                .containsPattern("300|5\\*time\\.Minute")
                .containsPattern("(?i)hmac")
                .containsPattern("(?i)base64");
    }

    /** What is signed is built of the same parts in the same order as in the languages that are run. */
    @Test
    void theCodeThatNoTestRunsComparesInConstantTimeWhatTheLibrariesMake() {
        assertThat(VerificationCode.Language.CSHARP.code())
                .contains(
                        "HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)",
                        "Encoding.UTF8.GetBytes($\"{id}.{time}.\").Concat(body)",
                        "HMACSHA256.HashData(key, signed)",
                        "CryptographicOperations.FixedTimeEquals(")
                .doesNotContain("==");
        assertThat(VerificationCode.Language.RUST.code())
                .contains("mac(secret.as_bytes(), &[body]).verify_slice(", "mac(&key, &[signed.as_bytes(), body])")
                .contains("format!(\"{id}.{time}.\")")
                .doesNotContain("==");
    }

    @ParameterizedTest
    @EnumSource
    void theDocumentHasTheCodeOfThePortal(VerificationCode.Language language) throws IOException {
        String document = Files.readString(Path.of("docs/verify-a-signature.md"));

        assertThat(document).contains("## " + language.title() + "\n\n```", language.code() + "```\n");
    }
}
