package com.mobileapiconnect.bridge.retention;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.FileBytes;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is erased is gone: from the rows with the answer, from the files when its job is done. */
@OnBothDatabases
class EraseTest {

    private static final String NUMBER = "919812345678";
    private static final List<String> SPELLINGS = List.of(
            NUMBER,
            "+" + NUMBER,
            "+91 98123-45678",
            "00" + NUMBER,
            "(91) 98123 45678",
            "0091 98123 45678",
            "011" + NUMBER,
            "tel:+91-98123-45678",
            "\u202a+" + NUMBER + "\u202c",
            "+91\u00a098123\u201145678",
            "+91\u200b98123\u200b45678",
            "\u2066+91 98123 45678\u2069",
            "\ufeff+91/98123.45678",
            "+\u0669\u0661\u0669\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", // Arabic-Indic
            "\u06f0\u06f0\u06f9\u06f1\u06f9\u06f8\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8", // Persian
            "+\u096f\u0967\u096f\u096e\u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e", // Devanagari
            "\uff0b\uff19\uff11\uff19\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", // full width
            // as the phone's country writes it
            "09812345678",
            "9812345678",
            "0 98123 45678",
            "\u200e098123\u202f45678");
    private static final String SECRET = "secret-of-the-erased";

    @TempDir
    Path data;

    private RunningBridge bridge;
    private Api tenant;

    @Test
    void nothingOfAnErasedNumberIsLeftInTheRowsAndTheFiles(Database database) throws IOException {
        try (RunningBridge running = RunningBridge.start(data, database);
                Receiver receiver = new Receiver()) {
            bridge = running;
            tenant = bridge.tenant();
            receiver.answering(got -> Receiver.Answer.of(got.path().equals("/ok") ? 200 : 500, got.text()));
            for (String path : List.of("/ok", "/fails")) {
                tenant.post(
                                "/v1/connections",
                                "{\"name\":\"ERP\",\"outboundUrl\":\"%s\",\"redelivery\":{\"initialDelay\":\"PT1H\"}}"
                                        .formatted(receiver.url(path)))
                        .expect(201);
            }
            Api phone = phone();
            tenant.post("/v1/messages", sms(), "Idempotency-Key", SECRET + "-key")
                    .expect(202);
            tenant.post("/v1/messages", "{\"to\":\"09812345678\",\"text\":\"" + SECRET + "\"}")
                    .expect(202);
            int messages = arriveInAnyOrder(phone);
            arrive(phone, NUMBER, "STOP");
            tenant.delete("/v1/opt-outs/" + NUMBER).expect(204);
            arrive(phone, "+" + NUMBER, "STOP");
            arrive(phone, "09812345678", "STOP");
            unparsed("+" + NUMBER);
            unparsed("0091 98123-45678");
            unparsed("09812345678");
            unparsed("+91\u00a098123\u201145678");
            unparsed("+\u096f\u0967\u096f\u096e\u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e");
            unparsed("\\u202a+91\\u06698123\\u202c45678");
            eventually(() -> assertThat(tenant.get("/v1/targets").json().findValues("inFlight"))
                    .allMatch(calls -> calls.asInt() == 0));
            assertThat(inRows(database)).isNotEmpty();
            assertThat(inFiles()).isEqualTo(database == Database.SQLITE);

            Api.Reply erased =
                    tenant.post("/v1/erase", "{\"number\":\"" + NUMBER + "\"}").expect(200);

            assertThat(erased.at("/messages")).isEqualTo(String.valueOf(messages + 3));
            assertThat(erased.at("/deliveries")).isEqualTo(String.valueOf(2 * (messages + 3)));
            assertThat(erased.at("/outgoing")).isEqualTo("2");
            assertThat(erased.at("/unparsed")).isEqualTo("6");
            assertThat(inRows(database)).isEmpty();
            eventually(
                    () -> assertThat(tenant.get("/v1/jobs/" + erased.at("/job")).at("/status"))
                            .isEqualTo("done"));
            assertThat(inFiles()).isFalse();
            assertThat(tenant.get("/v1/messages?limit=500").json().get("data")).hasSizeGreaterThan(400);
            assertThat(tenant.get("/v1/audit?limit=500").text()).contains("number.erase", "opt-out.delete", "…78");
            nothingIsDoneWhereNothingIsToErase();
            theNumberStillGetsNothingUntilItSaysStart(phone);
        }
    }

    private Api phone() {
        return tenant.as(tenant.post("/v1/devices", "{\"name\":\"P\",\"outbox\":true,\"region\":\"IN\"}")
                .expect(201)
                .at("/token"));
    }

    private static byte[] sms() {
        return "{\"to\":\"%s\",\"text\":\"%s\",\"ref\":\"%s\"}"
                .formatted("+" + NUMBER, SECRET, SECRET + "-ref")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void arrive(Api phone, String from, String text) {
        phone.post("/v1/inbound", "{\"from\":\"%s\",\"text\":\"%s\"}".formatted(from, text))
                .expect(202);
    }

    /** Returns how many of the messages are of the number. */
    private static int arriveInAnyOrder(Api phone) {
        Random random = new Random();
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String from = i % 5 == 0 ? SPELLINGS.get(i / 5 % SPELLINGS.size()) : "9177" + (10_000 + i);
            String text = (i % 5 == 0 ? SECRET : "text") + "x".repeat(random.nextInt(350));
            messages.add("{\"from\":\"%s\",\"text\":\"%s\"}".formatted(from, text));
        }
        Collections.shuffle(messages, random);
        IntStream.range(0, 20).forEach(i -> phone.post(
                        "/v1/inbound",
                        "{\"messages\":[" + String.join(",", messages.subList(i * 50, i * 50 + 50)) + "]}")
                .expect(202));
        return messages.size() / 5;
    }

    private void unparsed(String number) {
        String token = tenant.post("/v1/devices", "{\"name\":\"G\",\"adapter\":\"android-sms-gateway\"}")
                .expect(201)
                .at("/token");
        bridge.nobody()
                .post("/v1/inbound/android-sms-gateway/" + token, "{\"whoever\":\"" + number + "\"}")
                .expect(200);
    }

    private void nothingIsDoneWhereNothingIsToErase() {
        Api.Reply again =
                tenant.post("/v1/erase", "{\"number\":\"" + NUMBER + "\"}").expect(200);
        assertThat(again.at("/messages")).isEqualTo("0");
        assertThat(again.json().get("job").isNull()).isTrue();
        // A part of a number is another number.
        Api.Reply part = tenant.post("/v1/erase", "{\"number\":\"9177\"}").expect(200);
        assertThat(part.json().get("job").isNull()).isTrue();
    }

    private void theNumberStillGetsNothingUntilItSaysStart(Api phone) {
        tenant.post("/v1/messages", sms(), "X-Any", "1").expect(409);
        assertThat(tenant.get("/v1/opt-outs").json().get("data")).isEmpty();
        tenant.post("/v1/messages", "{\"to\":\"09812345678\",\"text\":\"t\"}").expect(409);
        arrive(phone, "+" + NUMBER, "START");
        tenant.post("/v1/messages", "{\"to\":\"09812345678\",\"text\":\"t\"}").expect(202);
        tenant.post("/v1/messages", sms(), "X-Any", "1").expect(202);
    }

    /** Where in the tables the number or what it said is. */
    private List<String> inRows(Database database) {
        Store store = bridge.bean(Store.class);
        return database.columns(store).stream()
                .filter(column -> column.type().equals("TEXT"))
                .filter(column -> wanted().anyMatch(
                                text -> store.read(sql -> sql.sql("select count(*) from %s where %s like ?"
                                                        .formatted(column.table(), column.name()))
                                                .param("%" + text + "%")
                                                .query(Long.class)
                                                .single())
                                        > 0))
                .map(column -> column.table() + "." + column.name())
                .toList();
    }

    private boolean inFiles() throws IOException {
        return FileBytes.of(data).contain(wanted().toArray(String[]::new));
    }

    private static Stream<String> wanted() {
        return Stream.concat(SPELLINGS.stream(), Stream.of(SECRET));
    }
}
