package com.mobileapiconnect.bridge.retention;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.job.Job;
import com.mobileapiconnect.bridge.job.Jobs;
import com.mobileapiconnect.bridge.job.StoredJobs;
import com.mobileapiconnect.bridge.stats.RollUp;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.TableOwner;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SettableClock;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A deleted tenant is unknown at once, and nothing of it is left; other tenants keep what they have. */
@OnBothDatabases
class TenantDeletionTest {

    private static final int BACKLOG = 500;
    private static final SettableClock CLOCK = new SettableClock(Instant.now());

    /** The bridge's time stands still: its minute must not be over before this test has looked. */
    static final class Time {
        @Bean
        @Primary
        Clock standingClock() {
            return CLOCK;
        }
    }

    @TempDir
    Path data;

    private final Receiver receiver = new Receiver();
    private Database database;
    private RunningBridge bridge;
    private Api operator;

    @BeforeEach
    void start(Database kind) {
        database = kind;
        bridge = RunningBridge.start(List.of(Time.class), data, kind);
        operator = bridge.operator();
    }

    @AfterEach
    void stop() {
        bridge.close();
        receiver.close();
    }

    /** A tenant with something in every table. */
    private final class Company {

        final String id = operator.post("/v1/tenants", "{\"name\":\"T\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(201)
                .at("/id");
        final Api key = operator.as(
                operator.post("/v1/tenants/" + id + "/keys").expect(201).at("/key"));
        final Api phone = key.as(key.post("/v1/devices", "{\"name\":\"P\",\"outbox\":true}")
                .expect(201)
                .at("/token"));

        Company() {
            key.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/all") + "\"}")
                    .expect(200);
            String connection = key.post(
                            "/v1/connections", "{\"name\":\"C\",\"outboundUrl\":\"" + receiver.url("/c") + "\"}")
                    .expect(201)
                    .at("/id");
            key.post("/v1/connections/" + connection + "/pause").expect(200);
            String rule = "{\"name\":\"R\",\"then\":[{\"type\":\"webhook\",\"url\":\"" + receiver.url("/r") + "\"}]}";
            key.post("/v1/rules", rule).expect(201);
            String messages = IntStream.range(0, BACKLOG)
                    .mapToObj(i -> "{\"from\":\"91987654%04d\",\"text\":\"hello\"}".formatted(i))
                    .collect(Collectors.joining(","));
            phone.post("/v1/inbound", "{\"messages\":[" + messages + "]}").expect(202);
            phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"STOP\"}")
                    .expect(202);
            key.put("/v1/opt-out-words", "{\"optOutWords\":[\"no more\"]}").expect(200);
            key.put("/v1/sms-settings", "{\"help\":{\"text\":\"Call us.\"}}").expect(200);
            key.post("/v1/messages", "{\"to\":\"919876543211\",\"text\":\"x\"}").expect(202);
            key.post("/v1/deliveries/replay", "{\"target\":\"" + connection + "\"}")
                    .expect(202);
            String twilio = key.post("/v1/devices", "{\"name\":\"G\",\"adapter\":\"twilio\"}")
                    .expect(201)
                    .at("/token");
            setDownForAnImport();
            Api nobody = bridge.nobody();
            String vonage = key.post("/v1/devices", "{\"name\":\"V\",\"adapter\":\"vonage\"}")
                    .expect(201)
                    .at("/token");
            nobody.get("/v1/inbound/vonage/" + vonage + "?msisdn=447700900001&to=447700900000&messageId=half&text=half"
                            + "&concat=true&concat-ref=7&concat-total=2&concat-part=1")
                    .expect(200);
            nobody.send(nobody.request("/v1/inbound/twilio/" + twilio)
                            .POST(HttpRequest.BodyPublishers.ofString("nothing=919876543212")))
                    .expect(200);
        }

        /** As after a crash between setting an SMS down and beginning the job. */
        private void setDownForAnImport() {
            bridge.bean(Store.class)
                    .writeNow(tx -> tx.sql().sql("""
                            insert into imported_sms (import_id, n, tenant_id, sender_key, text, staged_at)
                            values (?, 1, ?, '1', 'x', 0)""").params("imp_" + id, id).update());
        }

        /** How many rows each table has of it. */
        Map<String, Long> rows() {
            Map<String, Long> rows = new TreeMap<>();
            Store store = bridge.bean(Store.class);
            for (Database.Column column : database.columns(store)) {
                if (column.name().equals("tenant_id")) {
                    rows.put(column.table(), count(column.table() + " where tenant_id = '" + id + "'"));
                }
            }
            return rows;
        }

        void assertThere() {
            bridge.bean(RollUp.class).run();
            Map<String, Long> rows = rows();
            rows.keySet().removeAll(List.of("fan_out", "erased_opt_out", "tally")); // mostly empty
            assertThat(rows).hasSizeGreaterThan(8).doesNotContainValue(0L);
        }

        void assertGone() {
            eventually(() -> assertThat(rows().values()).containsOnly(0L));
            assertThat(count("attempt a left join delivery d on d.id = a.delivery_id where d.id is null"))
                    .isZero();
            assertThat(count("unparsed u left join message m on m.seq = u.message_seq where m.seq is null"))
                    .isZero();
        }
    }

    private long count(String from) {
        return bridge.bean(Store.class).read(sql -> sql.sql("select count(*) from " + from)
                .query(Long.class)
                .single());
    }

    private Api.Reply delete(Company company) {
        return operator.delete("/v1/tenants/" + company.id);
    }

    @Test
    void everythingOfItGoesAndNothingOfAnother() {
        Company other = new Company();
        Company company = new Company();
        eventually(() -> assertThat(receiver.requests("/r")).hasSizeGreaterThanOrEqualTo(2 * BACKLOG));
        company.assertThere();
        long messages = other.rows().get("message");

        String job = delete(company).expect(202).at("/job");
        company.key.get("/v1/messages").expect(401);
        company.phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(401);

        company.assertGone();
        other.assertThere();
        assertThat(other.rows()).containsEntry("message", messages);
        other.key.get("/v1/messages").expect(200);
        assertThat(operator.get("/v1/operator/audit?limit=1").at("/data/0/action"))
                .isEqualTo("tenant.delete");
        assertThat(operator.get("/v1/jobs/" + job).at("/done")).isNotEqualTo("0");
        endsAMinuteLater(company, job);
    }

    private void endsAMinuteLater(Company company, String id) {
        SettableClock clock = new SettableClock(CLOCK.instant());
        TenantDeletion deletion = new TenantDeletion(
                List.copyOf(bridge.beans(TableOwner.class)),
                bridge.bean(Tenants.class),
                bridge.bean(Jobs.class),
                bridge.bean(Store.class),
                clock);
        try (StoredJobs jobs = new StoredJobs(bridge.bean(Store.class), clock)) {
            Job job = jobs.find(id);
            TenantDeletion.Found found = deletion.prepare(job, 10).join();
            jobs.take(deletion, job, found, clock.instant());
            assertThat(operator.get("/v1/tenants").text()).contains(company.id, "deleting");

            clock.advance(Duration.ofMinutes(2));
            jobs.take(deletion, job, found, clock.instant());
            assertThat(operator.get("/v1/tenants").text()).doesNotContain(company.id);
            assertThat(operator.get("/v1/jobs/" + id).at("/status")).isEqualTo("done");
            operator.get("/v1/tenants/" + company.id + "/keys").expect(404);
            assertThat(operator.get("/v1/jobs?limit=1").at("/data/0/kind"))
                    .as("what tidies its remains from the files")
                    .isEqualTo("erase");
        }
    }

    @Test
    void itGoesOnAfterTheBridgeWasEnded() {
        if (database != Database.SQLITE) {
            return; // a second start on the same PostgreSQL is the crash suite's
        }
        Company company = new Company();
        delete(company).expect(202);
        bridge.close();
        bridge = RunningBridge.start(List.of(Time.class), data);
        operator = bridge.operator();

        company.assertGone();
    }

    @Test
    void aTenantIsDeletedOnceAndOnlyIfItIsThere() {
        String id = operator.post("/v1/tenants", "{\"name\":\"T\"}").expect(201).at("/id");
        operator.delete("/v1/tenants/ten_unknown").expect(404);
        operator.send(operator.request("/v1/tenants/" + id)
                        .header("If-Match", "\"7\"")
                        .DELETE())
                .expect(412);

        String job = operator.delete("/v1/tenants/" + id).expect(202).at("/job");
        operator.delete("/v1/tenants/" + id).expect(409);
        operator.post("/v1/tenants/" + id + "/resume").expect(409);
        operator.post("/v1/tenants/" + id + "/keys").expect(409);
        operator.delete("/v1/jobs/" + job).expect(409);
    }
}
