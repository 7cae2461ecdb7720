package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.gateway.GatewayRequest;
import com.mobileapiconnect.bridge.gateway.PairedAs;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is kept of a request that was not understood, and which numbers it is found by. */
class UnparsedRequestTest {

    private static UnparsedRequest kept(@Nullable String query, byte[] body) {
        return UnparsedRequest.of(
                "kannel",
                "why",
                new GatewayRequest("POST", List.of(), query, name -> null, body, PairedAs.PLAIN),
                KeyMask.of(null));
    }

    private static UnparsedRequest without(String key, String query, String body) {
        return UnparsedRequest.of(
                "smssync",
                "why",
                new GatewayRequest(
                        "POST", List.of(), query, name -> null, body.getBytes(StandardCharsets.UTF_8), PairedAs.PLAIN),
                KeyMask.of(new Redacted(key)));
    }

    @Test
    void aKeyIsNotKeptInWhateverSpelling() {
        String key = "geh\u00e9im/ \"1";
        for (String written : List.of(
                key,
                "geh%C3%A9im%2F+%221",
                "geh%c3%a9im/%20%221",
                "geh%25C3%25A9im%252F%2520%25221",
                "geh\\u00e9im\\/ \\\"1",
                "geh\\u00E9im/ \\u00221")) {
            UnparsedRequest kept = without(key, "key=" + written + "&f=1", "secret=" + written + "&from=%2B1");
            assertThat(kept.query()).as(written).isEqualTo("key=***&f=1");
            assertThat(kept.body()).as(written).isEqualTo("secret=***&from=%2B1");
        }
        assertThat(without("abc", "a=abc", "abcdef abc %abc").body()).isEqualTo("abcdef *** %abc");
        String tooLong = "x".repeat(UnparsedRequest.MOST_BYTES - 6) + "my-signing-secret" + "y".repeat(99_999);
        assertThat(without("my-signing-secret", "", tooLong).body())
                .doesNotContain("my-s")
                .hasSize(UnparsedRequest.MOST_BYTES);
    }

    @Test
    void aKeyIsNotKeptInABodyThatIsNoText() {
        byte[] body = "\u00ff secret=my-signing-secret".getBytes(StandardCharsets.ISO_8859_1);
        UnparsedRequest kept = UnparsedRequest.of(
                "smssync",
                "why",
                new GatewayRequest("POST", List.of(), null, name -> null, body, PairedAs.PLAIN),
                KeyMask.of(new Redacted("my-signing-secret")));
        assertThat(Base64.getDecoder().decode(kept.bodyBase64()))
                .isEqualTo("\u00ff secret=***".getBytes(StandardCharsets.ISO_8859_1));
    }

    private static UnparsedRequest kept(String body) {
        return kept(null, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBodyIsKeptAsItIsUpToItsBound() {
        assertThat(kept("Grüße \uD83D\uDE00\0").body()).isEqualTo("Grüße \uD83D\uDE00\0");
        UnparsedRequest most = kept("x".repeat(UnparsedRequest.MOST_BYTES));
        assertThat(most.body()).hasSize(UnparsedRequest.MOST_BYTES);
        assertThat(most.truncated()).isFalse();
        UnparsedRequest cut = kept("x" + "\uD83D\uDE00".repeat(UnparsedRequest.MOST_BYTES));
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.body()).isEqualTo("x" + "\uD83D\uDE00".repeat(UnparsedRequest.MOST_BYTES / 4 - 1));
    }

    @Test
    void aBodyThatIsNoTextIsKeptInBase64() {
        byte[] body = {(byte) 0xff, 0, 1};
        assertThat(kept(null, body).body()).isNull();
        assertThat(Base64.getDecoder().decode(kept(null, body).bodyBase64())).isEqualTo(body);
    }

    @Test
    void aNumberIsFoundInAnySpelling() {
        for (String body : List.of(
                "{\"phone\":\"+91 98765-43210\"}",
                "from=%2B91+98765-43210&to=1",
                "(91) 98765.43210",
                "919876543210",
                "at 2024-06-22 15:46 from 919876543210, to 911234500000",
                "919876543210 911234500000")) {
            assertThat(NamedNumbers.in(kept(body))).as(body).contains("919876543210");
        }
        assertThat(NamedNumbers.in(kept("from=%2B919876543210", new byte[0]))).contains("919876543210");
        byte[] utf16 = "\uFEFF919876543210".getBytes(StandardCharsets.UTF_16BE);
        assertThat(NamedNumbers.in(kept(null, utf16))).contains("919876543210");
        assertThat(NamedNumbers.in(kept("hello 1234"))).isEmpty();
    }

    @Test
    void aRequestThatNamesTooManyIsFoundByEach() {
        String many =
                IntStream.range(0, 100_000).mapToObj(n -> "9" + (100_000 + n)).collect(Collectors.joining(","));
        assertThat(NamedNumbers.in(kept(many))).containsExactly(NamedNumbers.ANY);
    }
}
