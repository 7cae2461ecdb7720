package com.mobileapiconnect.bridge.kamelet;

import com.mobileapiconnect.bridge.connector.Connectors;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.route.RouteFault;
import com.mobileapiconnect.bridge.route.RouteFolder;
import com.mobileapiconnect.bridge.route.RouteRefusedException;
import com.mobileapiconnect.bridge.route.SavedFiles;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.thread.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The directory of the integrators' connectors: read at the start, and again when a file was saved. A file that cannot be
 * used is named and left aside; the text before it goes on.
 */
@Component
@EnableConfigurationProperties(KameletSettings.class)
class KameletFolder implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(KameletFolder.class);
    private static final String USUAL = "connectors";
    /** The phase before that of the routes, which may use them. */
    private static final int BEFORE_THE_ROUTES = WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE - 1026;

    private final Kamelets kamelets;
    private final Connectors connectors;
    private final Targets targets;
    private final KameletSettings settings;
    private final ReadFiles files;
    private final @Nullable RouteFolder folder;
    private final ScheduledExecutorService timer = Threads.timer("connector-watch");
    private final Map<String, byte[]> product;
    private volatile boolean running;

    KameletFolder(
            Kamelets kamelets, Connectors connectors, Targets targets, KameletSettings settings, ReadFiles files) {
        this.kamelets = kamelets;
        this.connectors = connectors;
        this.targets = targets;
        this.settings = settings;
        this.files = files;
        this.folder = folder(settings.dir().strip());
        this.product = folder == null ? Map.of() : KameletTexts.all();
    }

    private static @Nullable RouteFolder folder(String dir) {
        Path path = Path.of(dir.isEmpty() ? USUAL : dir);
        if (Files.isDirectory(path)) {
            return new RouteFolder(path, KameletTexts.SUFFIX);
        } else if (!dir.isEmpty()) {
            throw new BadSettingException("BRIDGE_CONNECTORS_DIR=" + dir + " is no directory (" + path.toAbsolutePath()
                    + "). Name the one that holds the connectors, or omit it.");
        }
        return null;
    }

    @Override
    public void start() {
        running = true;
        if (folder != null) {
            watch(folder);
        }
        readUsed();
    }

    private void watch(RouteFolder of) {
        try {
            SavedFiles saved = new SavedFiles(of);
            saved.start();
            for (String name : of.look().keySet()) {
                changed(of, name);
            }
            leftAside(of);
            long every = settings.lookEvery().toMillis();
            timer.scheduleWithFixedDelay(() -> look(of, saved), every, every, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new BadSettingException("The connectors in " + of.path() + " cannot be read: " + e.getMessage());
        }
    }

    /** Reads the product's own where one is in use: the threads of deliveries have too small a stack for it. */
    private void readUsed() {
        if (targets.any(target -> !connectors.isTaken(target.connector()))) {
            kamelets.all();
        }
    }

    private static void leftAside(RouteFolder folder) throws IOException {
        // Directories may hold what connectors need, or Kamelets for other applications.
        List<String> aside =
                folder.leftAside().stream().filter(name -> !name.endsWith("/")).toList();
        if (!aside.isEmpty()) {
            LOG.warn(
                    "These are no connectors and are left aside: {}. The name of a connector's file is of a-z, 0-9 and -,"
                            + " and ends in {}",
                    String.join(", ", aside),
                    KameletTexts.SUFFIX);
        }
    }

    private void look(RouteFolder folder, SavedFiles saved) {
        try {
            saved.look(name -> changed(folder, name));
        } catch (IOException | RuntimeException e) {
            LOG.warn("The connectors in {} cannot be looked at: {}", folder.path(), e.toString());
        }
    }

    /** Returns the directory's files, and what is wrong with them. */
    List<ReadFiles.Read> files() {
        try {
            return files.all(folder == null ? List.of() : folder.leftAside());
        } catch (IOException e) {
            return files.all(List.of());
        }
    }

    /** Takes a file that was saved, or removed; returns true: it was dealt with. */
    private boolean changed(RouteFolder folder, String name) {
        try {
            byte[] text = folder.read(name);
            if (text == null || Arrays.equals(text, product.get(name))) {
                files.gone(name);
                if (kamelets.has(name)) {
                    kamelets.remove(name);
                    LOG.info("The connector {} in {} is gone", name, folder.path());
                }
            } else if (!kamelets.has(name) && kamelets.count() >= Kamelets.MOST_FILES) {
                refused(
                        folder,
                        name,
                        List.of(fault("There are " + Kamelets.MOST_FILES
                                + " connectors in the directory already, which is the most")));
            } else {
                kamelets.put(kamelets.check(name, text, connectors::isTaken));
                files.used(name);
                LOG.info("The connector {} can be used, from {}", name, folder.path());
            }
        } catch (RouteRefusedException e) {
            refused(folder, name, e.faults());
        } catch (IOException e) {
            refused(folder, name, List.of(fault("The file cannot be read: " + e)));
        }
        return true;
    }

    private static RouteFault fault(String ofTheWhole) {
        return new RouteFault(1, 1, ofTheWhole, null);
    }

    private void refused(RouteFolder folder, String name, List<RouteFault> faults) {
        boolean goesOn = kamelets.has(name);
        files.refused(name, goesOn, faults);
        LOG.error(
                "The connector {} in {} cannot be used as it is: {}. {}",
                name,
                folder.path(),
                faults.get(0).said(),
                goesOn ? "What it was before goes on" : "It is left aside");
    }

    @Override
    public void stop() {
        timer.shutdownNow();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_ROUTES;
    }
}
