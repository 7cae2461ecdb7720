package com.mobileapiconnect.bridge.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.support.AnyText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.minidev.json.parser.JSONParser;
import org.jspecify.annotations.Nullable;

/** The body that receivers get: the contract's keys in the contract's order, and every text as it is stored. */
class PayloadTest {

    private static final List<String> ALWAYS =
            List.of("event", "from", "to", "text", "ref", "receivedAt", "deviceId", "tenantId", "tenantName");

    @Property(tries = 500)
    void whateverTheTextsEveryParserReadsTheSame(@ForAll("messages") StoredMessage stored, @ForAll("rules") String rule)
            throws Exception {
        String ruleId = rule.isEmpty() ? null : rule;
        byte[] body = Payload.of(stored, ruleId);
        Map<String, @Nullable String> expected = expected(stored, ruleId);

        assertThat(byJackson(body)).containsExactlyEntriesOf(expected);
        assertThat(new JSONParser(JSONParser.MODE_RFC4627).parse(strictUtf8(body)))
                .isEqualTo(expected);
        assertThat(Payload.of(stored, ruleId)).isEqualTo(body);
        assertThat(strictUtf8(body)).isEqualTo(stringified(expected));
    }

    /** Writes it as ECMA-262 says (25.5.2), so that no byte changes in a receiver that writes it again. */
    private static String stringified(Map<String, @Nullable String> object) {
        StringBuilder out = new StringBuilder();
        object.forEach((name, value) -> {
            out.append(out.isEmpty() ? "{" : ",").append(quoted(name)).append(':');
            out.append(value == null ? "null" : quoted(value));
        });
        return out.append('}').toString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            int at = "\"\\\b\f\n\r\t".indexOf(c);
            if (at >= 0) {
                out.append('\\').append("\"\\bfnrt".charAt(at));
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }

    private static Map<String, @Nullable String> expected(StoredMessage stored, @Nullable String ruleId) {
        InboundMessage message = stored.message();
        List<@Nullable String> values = new ArrayList<>();
        values.add("message.received");
        values.add(message.from());
        values.add(message.to());
        values.add(message.text());
        values.add(message.ref());
        values.add(message.receivedAt().toString().replaceFirst("(:\\d\\d)Z$", "$1.000Z"));
        values.add(message.deviceId());
        values.add(message.tenantId());
        values.add(stored.tenantName());
        Map<String, @Nullable String> expected = new LinkedHashMap<>();
        for (int i = 0; i < ALWAYS.size(); i++) {
            expected.put(ALWAYS.get(i), values.get(i));
        }
        if (ruleId != null) {
            expected.put("matchedRuleId", ruleId);
        }
        return expected;
    }

    private static Map<String, @Nullable String> byJackson(byte[] body) throws IOException {
        Map<String, @Nullable String> read = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : new JsonMapper().readTree(body).properties()) {
            read.put(field.getKey(), field.getValue().textValue());
        }
        return read;
    }

    /** Fails on anything that is not UTF-8. */
    private static String strictUtf8(byte[] body) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(body))
                .toString();
    }

    @Provide
    Arbitrary<String> rules() {
        return Arbitraries.of("", "rule_1");
    }

    @Provide
    Arbitrary<StoredMessage> messages() {
        Arbitrary<String> text = AnyText.upTo(40).map(AnyText::kept);
        Arbitrary<Instant> times =
                Arbitraries.longs().between(0, 253_402_300_799_999L).map(Instant::ofEpochMilli);
        return Combinators.combine(text, text.injectNull(0.2), text, text.injectNull(0.5), text, times)
                .as((from, to, sms, ref, tenantName, at) -> new StoredMessage(
                        1,
                        new InboundMessage("msg_1", "ten_1", "dev_1", null, from, to, sms, ref, 1, at, Flags.NONE),
                        tenantName,
                        at,
                        null));
    }
}
