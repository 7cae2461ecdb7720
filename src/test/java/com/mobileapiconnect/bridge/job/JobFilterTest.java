package com.mobileapiconnect.bridge.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs are found by what they are and when they were made. */
@OnBothDatabases
class JobFilterTest {

    /** To come, so that none of them is old enough to go. */
    private static final Instant NOON = Instant.parse("2101-01-01T12:00:00Z");

    private static RunningBridge bridge;
    private static RunningBridge.NewTenant tenant;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database);
        tenant = bridge.newTenant();
        bridge.bean(Store.class).writeNow(tx -> {
            for (int i = 0; i < 4; i++) {
                String kind = i < 2 ? "old-kind" : "other-kind"; // nobody runs them
                NewJob wanted = new NewJob(tenant.id(), kind, Map.of(), null, false);
                JobRows.insert(tx, id(i), wanted, NOON.plusSeconds(i));
            }
            JobRows.stop(tx, id(0), Job.State.CANCELLED, null, NOON);
            JobRows.stop(tx, id(1), Job.State.FAILED, "broken", NOON);
            Job third = JobRows.find(tx.sql(), id(2)).orElseThrow();
            JobRows.move(tx, third, new Progress.On(Map.of(), 1), NOON);
            return tx;
        });
    }

    private static String id(int i) {
        return "job_" + tenant.id().substring(4) + i;
    }

    @AfterDatabase
    static void stop() {
        bridge.bean(Store.class).writeNow(tx -> {
            List.of(2, 3).forEach(i -> JobRows.stop(tx, id(i), Job.State.CANCELLED, null, NOON));
            return tx;
        });
        bridge.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                   | 3210",
                "status=waiting                     | 3",
                "status=running                     | 2",
                "status=failed                      | 1",
                "status=cancelled                   | 0",
                "status=done                        | ''",
                "kind=old-kind                      | 10",
                "kind=none                          | ''",
                "kind=other-kind&status=running     | 2",
                "since=2101-01-01T12:00:01Z         | 321",
                "until=2101-01-01T12:00:01Z         | 0",
                "since=2101-01-01T12:00:01Z&until=2101-01-01T12:00:03Z | 21"
            })
    void ofTheTenant(String query, String expected) {
        String filter = query == null ? "" : "&" + query;
        assertThat(String.join(
                        "",
                        tenant
                                .api()
                                .get("/v1/jobs?limit=50" + filter)
                                .expect(200)
                                .json()
                                .findValuesAsText("id")
                                .stream()
                                .map(id -> id.substring(id.length() - 1))
                                .toList()))
                .isEqualTo(expected);
    }

    @Test
    void aStatusThatIsNoneIsRefusedWithThoseThereAre() {
        Assertions.assertThatThrownBy(() -> JobFilter.of(null, "runing", null, null, null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("status");
        assertThat(tenant.api().get("/v1/jobs?status=runing").expect(422).text())
                .contains("waiting, running, done, cancelled, failed");
    }
}
