package com.mobileapiconnect.bridge.job;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long work as callers see it, and what a tenant's jobs may cost the others. */
@OnBothDatabases
class JobsTest {

    private static final int OPEN = 5;

    static RunningBridge bridge;

    private Counting counting;
    private String tenantId;
    private Api tenant;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(
                List.of(Counting.class),
                data,
                database,
                "bridge.job.open=" + OPEN,
                "bridge.job.at-once=1"); // so that it is always somebody's turn
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void tenant() {
        counting = bridge.bean(Counting.class);
        counting.steps.clear();
        tenantId = bridge.operator()
                .post("/v1/tenants", "{\"name\":\"T\"}")
                .expect(201)
                .at("/id");
        tenant = keyOf(tenantId);
    }

    private static Api keyOf(String tenant) {
        return bridge.operator()
                .as(bridge.operator().post("/v1/tenants/" + tenant + "/keys").at("/key"));
    }

    @AfterEach
    void letAllEnd() {
        counting.hold(false);
        bridge.operator().get("/v1/jobs?limit=500").json().get("data").forEach(job -> bridge.operator()
                .delete("/v1/jobs/" + job.get("id").asText()));
    }

    private static String begin(NewJob wanted) {
        return bridge.bean(Store.class).writeNow(tx -> bridge.bean(Jobs.class).begin(tx, wanted));
    }

    private String status(String job) {
        return tenant.get("/v1/jobs/" + job).expect(200).at("/status");
    }

    @Test
    void aJobSaysHowFarItHasComeAndWhatCameOfIt() {
        counting.hold(true);
        String job = begin(Counting.upTo(tenantId, 100));
        assertThat(status(job)).isEqualTo("waiting");
        assertThat(tenant.get("/v1/jobs/" + job).at("/done")).isEqualTo("0");
        assertThat(tenant.get("/v1/jobs/" + job).at("/total")).isEqualTo("100");

        counting.hold(false);

        eventually(() -> assertThat(status(job)).isEqualTo("done"));
        Api.Reply done = tenant.get("/v1/jobs/" + job);
        assertThat(done.at("/done")).isEqualTo("100");
        assertThat(done.at("/result/counted")).isEqualTo("100");
        assertThat(done.at("/finishedAt")).isNotEmpty();
        assertThat(tenant.delete("/v1/jobs/" + job).expect(409).text()).contains("has ended");
    }

    @Test
    void tenantsTakeStepsInTurnWhateverOneOfThemHasUnderWay() {
        IntStream.range(0, OPEN).forEach(i -> begin(Counting.upTo(tenantId, Counting.FOREVER)));
        String other = bridge.operator()
                .post("/v1/tenants", "{\"name\":\"B\"}")
                .expect(201)
                .at("/id");

        String theirs = begin(Counting.upTo(other, 50));
        int before = counting.steps.size(); // not earlier: the machine may let others go on until it is begun

        eventually(() ->
                assertThat(keyOf(other).get("/v1/jobs/" + theirs).at("/status")).isEqualTo("done"));
        long theirSteps = counting.steps.stream().filter(theirs::equals).count();
        assertThat(theirSteps).isEqualTo(50);
        int last = counting.steps.lastIndexOf(theirs);
        assertThat(last - before).as("steps of all until theirs was done").isLessThan(4 * 50);
    }

    @Test
    void fewJobsOfATenantGoOnSideBySideAndTheOthersWait() {
        List<String> jobs = IntStream.range(0, OPEN)
                .mapToObj(i -> begin(Counting.upTo(tenantId, Counting.FOREVER)))
                .toList();

        eventually(() -> assertThat(counting.steps).hasSizeGreaterThan(30).containsAll(jobs.subList(0, 3)));

        assertThat(counting.steps).doesNotContainAnyElementsOf(jobs.subList(3, OPEN));
        assertThat(status(jobs.get(3))).isEqualTo("waiting");
        tenant.delete("/v1/jobs/" + jobs.get(0)).expect(204);
        eventually(() -> assertThat(counting.steps).contains(jobs.get(3)));
    }

    @Test
    void aTenantWithTooManyUnfinishedJobsIsRefusedAnotherAndTheRestIsNot() {
        counting.hold(true);
        IntStream.range(0, OPEN).forEach(i -> begin(Counting.upTo(tenantId, 10)));

        Api.Reply refused = tenant.post("/v1/deliveries/replay", "{\"status\":\"failed\"}");

        assertThat(refused.expect(429).at("/detail")).contains(OPEN + " unfinished jobs");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        bridge.tenant().post("/v1/deliveries/replay", "{\"status\":\"failed\"}").expect(202);
        counting.hold(false);
        eventually(() ->
                tenant.post("/v1/deliveries/replay", "{\"status\":\"failed\"}").expect(202));
    }

    @Test
    void aCancelledJobStopsAtItsNextStep() {
        String job = begin(Counting.upTo(tenantId, Counting.FOREVER));
        eventually(() -> assertThat(counting.steps).contains(job));

        tenant.delete("/v1/jobs/" + job).expect(204);

        Api.Reply cancelled = tenant.get("/v1/jobs/" + job);
        assertThat(cancelled.at("/status")).isEqualTo("cancelled");
        bridge.bean(Store.class).writeNow(tx -> tx); // a step that was under way has ended
        assertThat(tenant.get("/v1/jobs/" + job).at("/done")).isEqualTo(cancelled.at("/done"));
        tenant.delete("/v1/jobs/" + job).expect(204);
        assertThat(tenant.get("/v1/audit").json().findValuesAsText("action")).containsOnlyOnce("job.cancel");
    }

    @Test
    void aFaultEndsAJobAsFailedWithoutItsDetails() {
        String job = begin(Counting.upTo(tenantId, -1));

        eventually(() -> assertThat(status(job)).isEqualTo("failed"));
        assertThat(tenant.get("/v1/jobs/" + job).at("/error")).contains("log").doesNotContain("A fault of the kind");
    }

    @Test
    void jobsAreSeenByTheirTenantAndTheOperator() {
        String job = begin(Counting.upTo(tenantId, 1));
        String ofBridge = begin(Counting.upTo(null, 1));
        Api other = bridge.tenant();

        assertThat(tenant.get("/v1/jobs").json().findValuesAsText("id")).containsExactly(job);
        other.get("/v1/jobs/" + job).expect(404);
        other.delete("/v1/jobs/" + job).expect(404);
        tenant.get("/v1/jobs/" + ofBridge).expect(404);
        assertThat(bridge.operator().get("/v1/jobs").json().findValuesAsText("id"))
                .contains(job, ofBridge);
        bridge.phone().get("/v1/jobs").expect(403);
        bridge.nobody().get("/v1/jobs").expect(401);
    }

    @Test
    void aStoreThatRefusesOnlyDelaysAJob(Database database) {
        String job = begin(Counting.upTo(tenantId, 2_000));
        eventually(() -> assertThat(counting.steps).contains(job));
        try (Database.Outage outage = database.outage(bridge)) {
            bridge.phone();
        } catch (AssertionError refused) {
            // The outage has begun.
        }
        within(300, () -> assertThat(status(job)).isEqualTo("done")); // as long as the disk takes for so many commits
        assertThat(tenant.get("/v1/jobs/" + job).at("/done")).isEqualTo("2000");
        eventually(
                () -> bridge.operator().post("/v1/tenants", "{\"name\":\"T\"}").expect(201));
    }
}
