package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.thread.Threads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the archive of classes with which a start takes half the time: where the command line names one
 * ({@code -XX:SharedArchiveFile}, {@code -XX:AOTCache}) and it is missing, or was made with another jar or another Java, a
 * rehearsal makes it for the next start.
 */
@Component
class ClassArchive implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

    private final ClassArchiveSettings settings;
    private final boolean isRehearsal;
    private final ScheduledExecutorService timer = Threads.timer("class-archive");

    ClassArchive(ClassArchiveSettings settings, ApplicationArguments arguments) {
        this.settings = settings;
        this.isRehearsal = arguments.containsOption(Rehearsal.OPTION);
    }

    /**
     * An archive, as the command line names it.
     *
     * @param make option with which a Java makes one
     */
    private record Named(Path file, String make) {

        static Optional<Named> in(List<String> options) {
            return named(options, "-XX:AOTCache=", "-XX:AOTCacheOutput=")
                    .or(() -> named(options, "-XX:SharedArchiveFile=", "-XX:ArchiveClassesAtExit="));
        }

        private static Optional<Named> named(List<String> options, String use, String make) {
            return options.stream()
                    .filter(option -> option.startsWith(use))
                    .reduce((before, last) -> last)
                    .map(option -> new Named(Path.of(option.substring(use.length())), make));
        }

        /** Lies beside the archive and says of what it was made. */
        Path note() {
            return beside(".of");
        }

        private Path beside(String suffix) {
            return file.resolveSibling(file.getFileName() + suffix);
        }

        void make(Path jar, List<String> options, int nice) throws IOException, InterruptedException {
            Path fresh = beside(".new");
            Rehearsal.run(jar, options, make + fresh.toAbsolutePath(), nice);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        Path jar = Path.of(System.getProperty("java.class.path"));
        boolean isMadeByTheRuntime = options.contains("-XX:+AutoCreateSharedArchive");
        if (isRehearsal) {
            Runtime.getRuntime().halt(0); // the runtime makes the archive then; there is nothing to put in order
        } else if (!isMadeByTheRuntime && Files.isRegularFile(jar)) {
            Named.in(options)
                    .ifPresent(archive -> timer.schedule(
                            () -> keep(archive, jar, options), settings.after().toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private void keep(Named archive, Path jar, List<String> options) {
        try {
            String now = of(jar);
            if (!Files.exists(archive.file()) || !now.equals(noted(archive))) {
                archive.make(jar, options, settings.nice());
                Files.writeString(archive.note(), now);
                LOG.info("The next start uses the archive of classes in {}", archive.file());
            }
        } catch (IOException e) {
            LOG.warn("The archive of classes in {} cannot be made: {}", archive.file(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The runtime takes an archive only with the very Java and jar that it was made with. */
    private static String of(Path jar) throws IOException {
        return String.join(
                " ",
                System.getProperty("java.home"),
                System.getProperty("java.vm.version"),
                Files.getLastModifiedTime(jar).toString(),
                Long.toString(Files.size(jar)));
    }

    private static String noted(Named archive) throws IOException {
        try {
            return Files.readString(archive.note());
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
