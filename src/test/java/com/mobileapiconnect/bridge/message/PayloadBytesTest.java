package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.AnyText;
import com.mobileapiconnect.bridge.support.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of the body: those that a receiver has again when it parses the body and writes it in JavaScript. */
class PayloadBytesTest {

    /** Reads a body in each line, and tells the lines whose body it would write otherwise. */
    private static final String SCRIPT = """
            const lines = require('fs').readFileSync(0, 'utf8').split('\\n');
            lines.pop();
            const other = lines.filter(line => JSON.stringify(JSON.parse(line)) !== line);
            console.log(lines.length + ' bodies, ' + other.length + ' others', other.slice(0, 3));
            """;

    @TempDir
    Path work;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "balance => balance",
                "a\"b => a\\\"b",
                "a\\b => a\\\\b",
                "a/b => a/b",
                "it's => it's",
                "<b>&amp;</b> => <b>&amp;</b>",
                "${env:HOME} => ${env:HOME}",
                "नमस्ते => नमस्ते",
                "مرحبا => مرحبا",
                "日本語 => 日本語",
                "Ärger, ß => Ärger, ß",
                "😀 => 😀",
                "🇮🇳 => 🇮🇳",
                "👨‍👩‍👧 => 👨‍👩‍👧",
                "𝒳 => 𝒳",
                "€ => €",
            })
    void whatJsonCanSayIsNotEscaped(String text, String expected) {
        assertThat(textOf(text)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "U+{0}")
    @CsvSource({
        "0001,\\u0001",
        "0007,\\u0007",
        "0008,\\b",
        "0009,\\t",
        "000a,\\n",
        "000b,\\u000b",
        "000c,\\f",
        "000d,\\r",
        "000e,\\u000e",
        "001a,\\u001a",
        "001b,\\u001b",
        "001f,\\u001f"
    })
    void controlCharactersAreEscapedInLowerCase(String hex, String expected) {
        assertThat(textOf(Character.toString(Integer.parseInt(hex, 16)))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "U+{0}")
    @ValueSource(
            strings = {
                "007f", "0080", "0085", "009f", "00a0", "00ad", "0600", "200b", "200e", "2028", "2029", "202e", "2060",
                "feff", "fff9", "fffc", "fffd", "fffe", "ffff", "1f600", "e0001", "10ffff"
            })
    void whatIsHardToSeeStandsAsItIs(String hex) {
        String text = Character.toString(Integer.parseInt(hex, 16));

        assertThat(textOf(text)).isEqualTo(text);
    }

    /** The writer has buffers, which must not cut a character in two. */
    @Test
    void anEmojiIsWholeWhereverItStandsInALongText() {
        for (int before = 0; before < 70; before++) {
            String text = "x".repeat(before) + "😀a".repeat(4_000);

            assertThat(textOf(text)).isEqualTo(text);
        }
    }

    @Test
    void nodeWritesEveryBodyAgainAsItCame() throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int c = 1; c < 0x10000; c++) {
            if (!Character.isSurrogate((char) c)) {
                bodies.add(body("c" + (char) c + " " + c));
            }
        }
        for (int c = 0x10000; c <= 0x10ffff; c += 97) {
            bodies.add(body(Character.toString(c)));
        }
        Random random = new Random(48);
        for (int i = 0; i < 2_000; i++) {
            String any = random.ints(random.nextInt(60), 1, 0x20000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            bodies.add(body(AnyText.kept(any)));
        }
        bodies.add(body(Texts.UGLY));
        bodies.add(body("😀".repeat(5_000)));
        bodies.add(body(
                "x", carried("b", "10", "a", "9", "01", "4294967294", "4294967295", "-1", "1.5", "😀", "__proto__")));

        assertThat(node(bodies)).startsWith(bodies.size() + " bodies, 0 others");
    }

    private String node(List<String> bodies) throws Exception {
        Path in = Files.writeString(work.resolve("bodies"), String.join("\n", bodies) + "\n");
        Path out = work.resolve("out");
        Process node;
        try {
            node = new ProcessBuilder("node", "-e", SCRIPT)
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
        } catch (IOException e) {
            Assumptions.abort("Skipped: install node to run this test");
            return "";
        }
        assertThat(node.waitFor(240, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }

    private static String textOf(String text) {
        String body = body(text);
        int start = body.indexOf("\"text\":\"") + 8;
        return body.substring(start, body.indexOf("\",\"ref\":", start));
    }

    private static String carried(String... names) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : names) {
            fields.put(name, name);
        }
        return "{\"metadata\":" + new JsonMapper().writeValueAsString(WireJson.inOrder(fields)) + "}";
    }

    private static String body(String text) {
        return body(text, null);
    }

    private static String body(String text, @Nullable String carried) {
        InboundMessage message =
                new InboundMessage("msg_1", "ten_1", "dev_1", null, "1", "2", text, null, 1, Instant.EPOCH, Flags.NONE);
        return new String(
                Payload.of(new StoredMessage(1, message, "Acme", Instant.EPOCH, null), "rule_1", carried),
                StandardCharsets.UTF_8);
    }
}
