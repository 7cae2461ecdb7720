package com.mobileapiconnect.bridge.tracking;

import static com.mobileapiconnect.bridge.delivery.StoredDeliveries.NOW;

import com.mobileapiconnect.bridge.delivery.Steps;
import com.mobileapiconnect.bridge.delivery.StoredDeliveries;
import com.mobileapiconnect.bridge.job.StoredJobs;
import com.mobileapiconnect.bridge.lane.Engine;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.lane.OutboxSettings;
import com.mobileapiconnect.bridge.lane.Reorder;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.tenant.StoredTenants;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Lanes on a store of their own, without a bridge around them. */
@OnBothDatabases
abstract class LanesSuite {

    final Steps steps = new Steps();
    StoredDeliveries stored;
    Engine engine;
    Lanes lanes;
    StoredJobs jobs;

    @TempDir
    Path directory;

    @BeforeEach
    void open(Database database) {
        stored = new StoredDeliveries(database, directory);
        engine = new Engine(
                stored.deliveries,
                stored.store,
                stored.schedule,
                new OutboxSettings(10, 10, Duration.ofSeconds(30), DataSize.ofMegabytes(1), Duration.ofSeconds(30)));
        lanes = new Lanes(
                stored.targets,
                StoredTenants.of(stored.store),
                stored.deliveries,
                engine,
                new Reorder(stored.store, steps, stored.deliveries));
        jobs = new StoredJobs(stored.store, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        jobs.close();
        engine.destroy();
        steps.destroy();
        stored.close();
    }
}
