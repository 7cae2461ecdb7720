package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Transport;
import com.mobileapiconnect.bridge.gateway.AppSettings;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.support.Allocation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How captures are read: as a stream, so that what they hold beside messages costs next to nothing. */
class CaptureTest {

    private static final int MEBIBYTE = 1 << 20;
    private static final Device PHONE = new Device(
            "dev_1",
            "ten_1",
            "",
            null,
            Map.of(),
            null,
            AppSettings.NONE,
            false,
            false,
            false,
            Map.of(),
            new Transport.Poll(),
            null,
            null,
            null,
            Instant.EPOCH);

    private final Capture capture = new Capture(new MessageMaker(
            new InboundSettings(100_000, Duration.ofSeconds(30), 4), Clock.systemUTC(), (device, sim) -> null));

    private List<InboundMessage> read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    private List<InboundMessage> read(byte[] json) {
        return capture.read(json, PHONE, false).good();
    }

    /** A capture of nearly a mebibyte with this in a field that nobody knows, again and again. */
    private static byte[] filled(String filler) {
        String head = "{\"from\":\"1\",\"text\":\"t\",\"y\":[";
        int times = (MEBIBYTE - 100) / (filler.length() + 1);
        return (head + (filler + ",").repeat(times) + "0]}").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"{}", "[]", "0", "[[[]]]", "`{\"a\":{}}`", "1234567890123", "`\"xxxxxxxxxxxxxxxxxxxx\"`"})
    void unknownFieldsCostLessThanTheirBytesWhateverTheyHold(String filler) {
        byte[] body = filled(filler);

        assertThat(read(body)).hasSize(1);
        assertThat(Allocation.of(() -> read(body))).isLessThan(MEBIBYTE / 8);
    }

    @Test
    void evenNamesOfFieldsThatAreAllDifferentCostNoMoreThanTheirBytesTimesTwenty() {
        String fields =
                IntStream.range(0, 90_000).mapToObj(i -> "\"" + i + "\":0").collect(Collectors.joining(","));
        byte[] body = ("{\"from\":\"1\",\"text\":\"t\"," + fields + "}").getBytes(StandardCharsets.UTF_8);

        assertThat(read(body)).hasSize(1);
        assertThat(Allocation.of(() -> read(body))).isLessThan(20L * body.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"in a field that nobody knows", "in the text"})
    void aBodyOfBytesThatAreNoUtf8CostsNoMoreThanItsBytesTimesThirty(String where) {
        byte[] head = (where.equals("in the text")
                        ? "{\"from\":\"1\",\"text\":\""
                        : "{\"from\":\"1\",\"text\":\"t\",\"x\":\"")
                .getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[MEBIBYTE];
        Arrays.fill(body, (byte) 0xff);
        System.arraycopy(head, 0, body, 0, head.length);
        body[body.length - 2] = '"';
        body[body.length - 1] = '}';

        assertThat(read(body)).hasSize(1);
        assertThat(Allocation.of(() -> read(body))).isLessThan(30L * MEBIBYTE);
    }

    @Test
    void aTextThatIsNoSmsDoesNotGrowWhenItIsMended() {
        byte[] body = new byte[3 * MEBIBYTE];
        Arrays.fill(body, (byte) 0xff);
        byte[] head = "{\"messages\":[{\"from\":\"1\",\"text\":\"".getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\"},{\"from\":\"2\",\"text\":\"t\"}]}".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(tail, 0, body, body.length - tail.length, tail.length);

        List<InboundMessage> read = read(body);
        assertThat(read).extracting(InboundMessage::from).containsExactly("1", "2");
        assertThat(read.get(0).text()).isEqualTo("?".repeat(100_000));
        assertThat(read.get(0).flags().has(Flags.Flag.TEXT_REPLACED)).isTrue();
        assertThat(read.get(1).flags().has(Flags.Flag.TEXT_REPLACED)).isFalse();
    }

    @Test
    void anOrdinaryCaptureCostsNoMoreThanAFewTimesItsFields() {
        byte[] body = """
                {"id":"p-1","from":"919876543210","to":"911234500000","text":"balance",
                 "receivedAt":"2026-06-12T14:32:00.000Z","ref":null,"sim":1}""".getBytes(StandardCharsets.UTF_8);

        assertThat(Allocation.of(() -> read(body))).isLessThan(8 << 10);
    }

    @Test
    void ofAFieldThatStandsThereTwiceTheLastOneCounts() {
        assertThat(read("{\"text\":1,\"from\":\"1\",\"text\":\"a\",\"text\":\"b\"}"))
                .extracting(InboundMessage::text)
                .containsExactly("b");
        assertThat(read("{\"messages\":[7],\"messages\":[{\"from\":\"1\",\"text\":\"c\"}]}"))
                .extracting(InboundMessage::text)
                .containsExactly("c");
        assertThat(
                        read(
                                "{\"messages\":[{\"from\":\"1\",\"text\":\"c\"}],\"from\":\"1\",\"text\":\"d\",\"messages\":null}"))
                .extracting(InboundMessage::text)
                .containsExactly("d");
    }

    @Test
    void aListThatIsTooLongIsReadToItsEndAndRefused() {
        String members = "{\"from\":\"1\",\"text\":\"t\"},".repeat(600) + "{}";
        assertThatThrownBy(() -> read("{\"messages\":[" + members + "]}"))
                .hasMessage("messages must be a list of 1 to 500 messages");
        assertThatThrownBy(() -> read("{\"messages\":[" + members + "]"))
                .hasMessageStartingWith("The body is not JSON in UTF-8: Unexpected end-of-input");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"messages\":{}}                                     | messages must be a list of 1 to 500 messages",
                "{\"messages\":\"x\",\"from\":\"1\",\"text\":\"t\"}    | messages must be a list of 1 to 500 messages",
                "{\"from\":\"1\",\"text\":\"t\",\"sim\":true}          | sim must be a whole number from 0 to 9",
                "{\"from\":\"1\",\"text\":\"t\",\"sim\":1.0}           | sim must be a whole number from 0 to 9",
                "{\"from\":\"1\",\"text\":\"t\",\"sim\":99999999999999999999}   | sim must be a whole number from 0 to 9",
                "{\"from\":\"1\",\"text\":\"t\",\"ref\":[{}]}          | ref must be a string",
                "{\"from\":{\"from\":\"1\"},\"text\":\"t\"}            | from must be a string",
                "{\"from\":\"1\",\"text\":true}                        | text must be a string",
            })
    void whatIsWrongIsSaid(String json, String what) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Problem.class).hasMessage(what);
    }

    @Test
    void allMistakesOfAMessageAreNamedInTheirUsualOrder() {
        assertThatThrownBy(() -> read("{\"sim\":\"y\",\"ref\":1,\"text\":2,\"to\":3,\"from\":[],\"id\":4}"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.errors())
                        .extracting(Problem.FieldError::field)
                        .containsExactly("id", "from", "to", "text", "ref", "sim"));
    }
}
