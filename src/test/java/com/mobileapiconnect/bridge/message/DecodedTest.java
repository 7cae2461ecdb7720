package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of bytes that were meant as UTF-8. */
class DecodedTest {

    /** Characters are bytes; those beyond ASCII are written as {@code %FC}. */
    static byte[] bytes(String escaped) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                out.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.write(escaped.charAt(i));
            }
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the surrogates of older Androids, each by itself
                "%ED%A0%BD%ED%B8%80                     | \uD83D\uDE00",
                "Hi %ED%A0%BD%ED%B8%80!                 | Hi \uD83D\uDE00!",
                "%ED%A0%BC%ED%B7%AE%ED%A0%BC%ED%B7%B3   | \uD83C\uDDEE\uD83C\uDDF3",
                "%C3%BC %ED%A0%BD%ED%B8%80              | ü \uD83D\uDE00",
                "%ED%A0%BD alone                        | \uFFFD alone",
                "%ED%B8%80%ED%A0%BD                     | \uFFFD\uFFFD",
                // characters that were cut
                "Hi %F0%9F%98                           | Hi \uFFFD",
                "Hi %F0%9F                              | Hi \uFFFD",
                "10 %E2%82                              | 10 \uFFFD",
                "%E0%A4%AC%E0%A4                        | ब\uFFFD",
                "%E0%A4%AC%E0                           | ब\uFFFD",
                "%F0%9F%98%80%F0%9F%98                  | \uD83D\uDE00\uFFFD",
                "%D0%91%D0                              | Б\uFFFD",
                "%AC%E0%A4%AC                           | \uFFFDब",
                "%98%80 Hi %F0%9F%98%80                 | \uFFFD\uFFFD Hi \uD83D\uDE00",
                // Latin-1 and Windows-1252
                "M%FCller                               | Müller",
                "caf%E9                                 | café",
                "%C4rger f%FCr Stra%DFe                 | Ärger für Straße",
                "me%F0                                  | með",
                "20 %80                                 | 20 €",
                "%93Hi%94 %96 ok%85                     | “Hi” – ok…",
                "a%A0b                                  | a\u00A0b",
                "%81 none                               | \uFFFD none",
                "%BFQu%E9 tal? Ma%F1ana                 | ¿Qué tal? Mañana",
                // what UTF-8 does not allow
                "%C0%80                                 | \uFFFD",
                "a%C0%80b                               | a\uFFFDb",
                "%C3%BC%FF%FE                           | ü\uFFFD\uFFFD",
                "%C3%BC%F5%80                           | ü\uFFFD\uFFFD",
                "%C3%BC%E0%80%80                        | ü\uFFFD\uFFFD\uFFFD",
                "%C3%BC%F4%90%80%80                     | ü\uFFFD\uFFFD\uFFFD\uFFFD",
            })
    void bytesThatAreNoUtf8AreReadAsWellAsCanBeAndSaidToBeMended(String escaped, String text) {
        assertThat(Decoded.utf8(bytes(escaped))).isEqualTo(new Decoded(text, true));
    }

    @Test
    void whatIsUtf8IsReadAsItIs() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                int c = random.nextInt(new int[] {0x80, 0x800, 0xd800, 0x110000}[random.nextInt(4)]);
                text.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 'x' : c);
            }
            byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(Decoded.utf8(utf8)).isEqualTo(new Decoded(text.toString(), false));
        }
    }

    @Test
    void validityIsWhatJavaSaysAndNothingThatComesBreaksTheReader() {
        Random random = new Random(6);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = "ascii \u00fc\u20ac\uD83D\uDE00 end".getBytes(StandardCharsets.UTF_8);
            for (int n = random.nextInt(4); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            boolean valid =
                    Arrays.equals(new String(cut, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), cut);
            Decoded decoded = Decoded.utf8(cut);
            assertThat(decoded.mended()).isEqualTo(!valid);
            assertThat(WellFormed.of(decoded.text().replace('\0', ' ')))
                    .isEqualTo(decoded.text().replace('\0', ' '));
        }
    }

    @Test
    void whatJavasOwnStreamsWriteIsUnderstood() throws IOException {
        String text = "\u00fc \uD83D\uDE00 \u20ac";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DataOutputStream(out).writeUTF(text);
        byte[] written = Arrays.copyOfRange(out.toByteArray(), 2, out.size());

        assertThat(Decoded.utf8(written)).isEqualTo(new Decoded(text, true));
    }

    @Test
    void anotherCharsetThatTheSenderNamesIsRead() {
        assertThat(Decoded.in(Charset.forName("windows-1256"), new byte[] {(byte) 0xe3}))
                .isEqualTo(new Decoded("م", false));
        assertThat(Decoded.in(StandardCharsets.UTF_16BE, new byte[] {0, 'a', (byte) 0xd8}))
                .isEqualTo(new Decoded("a\uFFFD", true));
        assertThat(Decoded.in(StandardCharsets.UTF_8, new byte[] {'M', (byte) 0xfc}))
                .isEqualTo(new Decoded("Mü", true));
    }
}
