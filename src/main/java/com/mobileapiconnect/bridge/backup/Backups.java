package com.mobileapiconnect.bridge.backup;

import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.store.DataDirectory;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.thread.Threads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Makes backups, one at a time, while the bridge works. */
@Component
@EnableConfigurationProperties(BackupSettings.class)
class Backups implements SchedulingConfigurer, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

    private final Store store;
    private final ObjectProvider<DataDirectory> data;
    private final BackupSettings settings;
    private final Clock clock;
    private final Counter complete;
    private final Counter failed;
    private final ExecutorService thread = Threads.one("backup");
    private @Nullable Backup latest; // guarded by this

    /**
     * A backup that is being made, was made, or could not be made.
     *
     * @param error why it failed; null unless its status is failed
     */
    record Backup(
            String file,
            Status status,
            Instant at,
            @Nullable Long bytes,
            @Nullable String error) {

        enum Status implements WireName {
            RUNNING("running"),
            COMPLETE("complete"),
            FAILED("failed");

            private final String wireName;

            Status(String wireName) {
                this.wireName = wireName;
            }

            @Override
            public String wireName() {
                return wireName;
            }
        }
    }

    Backups(
            Store store,
            ObjectProvider<DataDirectory> data,
            BackupSettings settings,
            Clock clock,
            MeterRegistry metrics) {
        this.store = store;
        this.data = data;
        this.settings = settings;
        this.clock = clock;
        this.complete = counter(metrics, "complete");
        this.failed = counter(metrics, "failed");
    }

    private static Counter counter(MeterRegistry metrics, String result) {
        return Counter.builder("bridge.backups")
                .description("Backups of the embedded database that ended")
                .tag("result", result)
                .register(metrics);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        if (!possible() && !settings.every().isZero()) {
            throw new BadSettingException(
                    "BRIDGE_BACKUP_EVERY has no effect on PostgreSQL, which has backups of its own"
                            + " (pg_dump, continuous archiving). Remove it.");
        } else if (!settings.every().isZero()) {
            tasks.addFixedDelayTask(new FixedDelayTask(this::begin, settings.every(), settings.every()));
        }
        if (possible() && (!settings.every().isZero() || !settings.dir().isBlank())) {
            tryDirectory();
        }
    }

    /** The bridge works without: a disk for backups that is away must keep nobody from sending. */
    private void tryDirectory() {
        try {
            files().requireWritable(BackupFiles.nameAt(clock.instant()));
        } catch (IOException | RuntimeException e) {
            failed.increment();
            ended(failed(BackupFiles.nameAt(clock.instant()), clock.instant(), e));
            LOG.error(
                    "No backup can be written ({}): set BRIDGE_BACKUP_DIR to a directory that the bridge may write into",
                    e.toString());
        }
    }

    private static Backup failed(String file, Instant at, Exception why) {
        return new Backup(file, Backup.Status.FAILED, at, null, why.toString());
    }

    boolean possible() {
        return store.dialect().copies();
    }

    /** Starts one; empty when one is being made already. */
    synchronized Optional<Backup> begin() {
        if (latest != null && latest.status() == Backup.Status.RUNNING) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Backup begun = new Backup(BackupFiles.nameAt(now), Backup.Status.RUNNING, now, null, null);
        latest = begun;
        thread.execute(() -> ended(make(begun)));
        return Optional.of(begun);
    }

    private Backup make(Backup begun) {
        BackupFiles files = files();
        Path part = null;
        try {
            part = files.begin(begun.file());
            store.copyTo(part);
            Path whole = files.finish(part);
            files.keep(settings.keep());
            LOG.info("Backup {} is complete and verified: {} bytes", whole, Files.size(whole));
            complete.increment();
            return complete(whole);
        } catch (IOException | RuntimeException e) {
            LOG.error("Backup {} failed: {}", begun.file(), e.toString());
            failed.increment();
            delete(part);
            return failed(begun.file(), begun.at(), e);
        }
    }

    private static void delete(@Nullable Path part) {
        try {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            LOG.debug("The next backup deletes it", e);
        }
    }

    private synchronized void ended(Backup backup) {
        latest = backup;
    }

    private synchronized @Nullable Backup latest() {
        return latest;
    }

    /** All backups, newest first, including the latest one if it still runs or has failed. */
    List<Backup> all() {
        try {
            List<Backup> all = new ArrayList<>();
            Backup last = latest();
            if (last != null && last.status() != Backup.Status.COMPLETE) {
                all.add(last);
            }
            for (Path file : files().complete()) {
                try {
                    all.add(complete(file));
                } catch (NoSuchFileException e) {
                    LOG.debug("A newer backup took the place of {} while backups were listed", file, e);
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("The backups cannot be listed", e);
        }
    }

    private static Backup complete(Path file) throws IOException {
        return new Backup(
                file.getFileName().toString(),
                Backup.Status.COMPLETE,
                Files.getLastModifiedTime(file).toInstant(),
                Files.size(file),
                null);
    }

    private BackupFiles files() {
        return new BackupFiles(
                settings.dir().isBlank()
                        ? data.getObject().path().resolve("backups")
                        : Path.of(settings.dir()).toAbsolutePath().normalize());
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
