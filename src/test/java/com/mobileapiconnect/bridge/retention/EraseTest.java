package com.mobileapiconnect.bridge.retention;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is erased is gone, from the files too. */
@OnBothDatabases
class EraseTest {

    private static final String NUMBER = "919812345678";

    @TempDir
    Path data;

    @Test
    void nothingOfAnErasedNumberIsLeftInTheRowsAndTheFiles(Database database) throws IOException {
        try (RunningBridge bridge = RunningBridge.start(data, database);
                Receiver receiver = new Receiver()) {
            receiver.answering(got -> Receiver.Answer.of(got.path().equals("/ok") ? 200 : 500, got.text()));
            Api tenant = bridge.tenant();
            for (String path : List.of("/ok", "/fails")) {
                tenant.post(
                                "/v1/connections",
                                "{\"name\":\"ERP\",\"outboundUrl\":\"%s\",\"redelivery\":{\"initialDelay\":\"PT1H\"}}"
                                        .formatted(receiver.url(path)))
                        .expect(201);
            }
            Api phone = bridge.phone();
            for (int i = 0; i < 40; i++) {
                StringBuilder backlog = new StringBuilder("{\"messages\":[");
                for (int j = 0; j < 50; j++) {
                    String from = j % 5 == 0 ? "+" + NUMBER : "9177" + (10_000 + i * 50 + j);
                    backlog.append(j == 0 ? "" : ",")
                            .append("{\"from\":\"%s\",\"text\":\"secret-of-%s %s\"}"
                                    .formatted(from, from, "x".repeat(j * 7)));
                }
                phone.post("/v1/inbound", backlog.append("]}").toString()).expect(202);
            }
            eventually(() -> assertThat(tenant.get("/v1/targets").json().findValues("inFlight"))
                    .allMatch(calls -> calls.asInt() == 0));
            assertThat(inRows(bridge, database)).isPositive();
            assertThat(inFiles() > 0).isEqualTo(database == Database.SQLITE);

            Api.Reply erased =
                    tenant.post("/v1/erase", "{\"number\":\"" + NUMBER + "\"}").expect(200);

            assertThat(erased.at("/messages")).isEqualTo("400");
            assertThat(erased.at("/deliveries")).isEqualTo("800");
            assertThat(inRows(bridge, database)).isZero();
            assertThat(inFiles()).isZero();
            assertThat(tenant.get("/v1/messages?from=" + NUMBER).json().get("data"))
                    .isEmpty();
            assertThat(tenant.get("/v1/messages?limit=500").json().get("data")).hasSize(500);
            String audit = tenant.get("/v1/audit").text();
            assertThat(audit).contains("number.erase", "400 messages, 800 deliveries");
            assertThat(audit).doesNotContain(NUMBER);
        }
        assertThat(inFiles()).isZero();
    }

    /** In how many values of all tables the number is. */
    private static long inRows(RunningBridge bridge, Database database) {
        Store store = bridge.bean(Store.class);
        return database.columns(store).stream()
                .filter(column -> column.type().equals("TEXT"))
                .mapToLong(column -> store.read(sql -> sql.sql(
                                "select count(*) from %s where %s like ?".formatted(column.table(), column.name()))
                        .param("%" + NUMBER + "%")
                        .query(Long.class)
                        .single()))
                .sum();
    }

    /** How often the number is in the files of an embedded database. */
    private long inFiles() throws IOException {
        long found = 0;
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("bridge.db"))
                    .toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (int at = content.indexOf(NUMBER); at >= 0; at = content.indexOf(NUMBER, at + 1)) {
                    found++;
                }
            }
        }
        return found;
    }
}
