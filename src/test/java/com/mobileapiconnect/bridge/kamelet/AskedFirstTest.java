package com.mobileapiconnect.bridge.kamelet;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.kamelet.LedgerSystem.Ledger;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A write is asked for before it is repeated if the record may be there: after an answer that was lost, and after a start of
 * the bridge, which may have cut a call off. Nobody is asked in vain otherwise.
 */
@OnBothDatabases
class AskedFirstTest {

    private static final Map<String, Evidence> FAILURES = Map.of(
            "lost", Evidence.failure(ErrorClass.UNKNOWN, "lost"),
            "late", Evidence.failure(ErrorClass.TIMEOUT, "late"),
            "cut", Evidence.failure(ErrorClass.BODY, "cut"),
            "broken", new Evidence(500, ErrorClass.HTTP, "broken", null),
            "busy", new Evidence(429, ErrorClass.HTTP, "busy", null),
            "closed", Evidence.failure(ErrorClass.CONNECT, "closed"));
    private static final List<String> ASKED = List.of("lost", "late", "cut", "broken");
    private static final String LOST_AND_CLOSED = "lost, and then nobody could be asked";
    private static final String UNTIL_THE_STOP = "until the stop";

    @TempDir
    Path data;

    private RunningBridge start(String[] settings) {
        List<String> more = new ArrayList<>(List.of(settings));
        more.add("bridge.connectors.dir=" + data.resolve("connectors"));
        return RunningBridge.start(List.of(LedgerSystem.class), data.resolve("data"), more.toArray(String[]::new));
    }

    private static String connection(Api tenant, String name) {
        return tenant.post(
                        "/v1/connections",
                        "{\"name\":\"" + name + "\",\"connector\":\"ledger\",\"properties\":{\"book\":\"b\"},"
                                + "\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1,\"maxAttempts\":1000}}")
                .expect(201)
                .at("/id");
    }

    private static List<Boolean> said(Ledger ledger, String text) {
        return ledger.writes.stream()
                .filter(write -> write.fields().path("note").asText().equals(text))
                .map(ErpWrite::mayBeThere)
                .toList();
    }

    private static Outcome once(ErpWrite write) {
        Evidence evidence = FAILURES.get(write.fields().path("note").asText());
        if (said(write, LOST_AND_CLOSED)) {
            evidence = FAILURES.get(write.attempt().number() == 2 ? "closed" : "lost");
            return write.attempt().number() > 2 ? null : new Outcome.Retry(evidence, null);
        }
        return evidence == null || write.attempt().number() > 1 ? null : new Outcome.Retry(evidence, null);
    }

    private static void sms(Api phone, String text) {
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202);
    }

    @Test
    void whatMayBeThereIsAskedFor(Database database) throws IOException {
        KameletFiles.save(Files.createDirectory(data.resolve("connectors")), "ledger", KameletFiles.LEDGER);
        String[] settings = database.settings();
        String paused;
        String token;
        try (RunningBridge bridge = start(settings)) {
            Ledger ledger = bridge.bean(Ledger.class);
            ledger.failing = write -> said(write, UNTIL_THE_STOP)
                    ? new Outcome.Retry(Evidence.failure(ErrorClass.CONNECT, "closed"), null)
                    : once(write);
            Api tenant = bridge.tenant();
            connection(tenant, "Tried");
            paused = connection(tenant, "Paused");
            tenant.post("/v1/connections/" + paused + "/pause").expect(200);
            token = tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token");
            Api phone = tenant.as(token);
            FAILURES.keySet().forEach(text -> sms(phone, text));
            sms(phone, "well");
            sms(phone, LOST_AND_CLOSED);
            FAILURES.keySet()
                    .forEach(text -> within(20, () -> assertThat(said(ledger, text))
                            .as(text)
                            .containsExactly(false, ASKED.contains(text))));
            within(20, () -> assertThat(said(ledger, "well")).containsExactly(false));
            within(20, () -> assertThat(said(ledger, LOST_AND_CLOSED)).containsExactly(false, true, true));
            sms(phone, UNTIL_THE_STOP); // behind the others, whom failures in a row would hold up
            within(20, () -> assertThat(said(ledger, UNTIL_THE_STOP))
                    .hasSizeGreaterThan(2)
                    .containsOnly(false));
        }
        try (RunningBridge bridge = start(settings)) {
            Ledger ledger = bridge.bean(Ledger.class);
            ledger.failing = AskedFirstTest::once;
            Api tenant = bridge.tenant();
            within(20, () -> assertThat(said(ledger, UNTIL_THE_STOP)).containsExactly(true));
            tenant.post("/v1/connections/" + paused + "/resume").expect(200);
            // Never tried, as far as anybody knows.
            within(20, () -> assertThat(said(ledger, "well")).containsExactly(true));
            within(20, () -> assertThat(said(ledger, "busy")).containsExactly(true, true));
            within(20, () -> assertThat(said(ledger, "lost")).containsExactly(true, true));
            sms(tenant.as(token), "new");
            within(20, () -> assertThat(said(ledger, "new")).containsExactly(false, false));
        }
    }

    private static boolean said(ErpWrite write, String text) {
        return write.fields().path("note").asText().equals(text);
    }
}
