package com.mobileapiconnect.bridge.kamelet;

import com.fasterxml.jackson.annotation.JsonValue;
import com.mobileapiconnect.bridge.route.RouteFault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.stereotype.Component;

/** The files of integrators as they were last read, and what is wrong with them. */
@Component
class ReadFiles {

    private final Map<String, Read> byName = new ConcurrentSkipListMap<>();
    private final Clock clock;

    ReadFiles(Clock clock) {
        this.clock = clock;
    }

    enum Status {
        /** The connector is as the file says. */
        USED("used"),
        /** The file cannot be used; its connector is as the text before it said. */
        OUTDATED("outdated"),
        /** The file cannot be used, and there is no connector of its name. */
        LEFT_ASIDE("left-aside");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        @JsonValue
        String wireName() {
            return wireName;
        }
    }

    /** @param errors none of a file that is used */
    record Read(String file, Status status, Instant at, List<RouteFault> errors) {}

    void used(String name) {
        put(name, Status.USED, List.of());
    }

    void refused(String name, boolean goesOn, List<RouteFault> faults) {
        put(name, goesOn ? Status.OUTDATED : Status.LEFT_ASIDE, faults);
    }

    private void put(String name, Status status, List<RouteFault> faults) {
        String file = name + KameletTexts.SUFFIX;
        byName.put(name, new Read(file, status, clock.instant(), faults));
    }

    void gone(String name) {
        byName.remove(name);
    }

    private Read misnamed(String file) {
        String why = "The name of a connector's file is of a-z, 0-9 and -, and ends in " + KameletTexts.SUFFIX;
        return new Read(
                file, Status.LEFT_ASIDE, clock.instant(), List.of(new RouteFault(1, 1, why, "Rename the file")));
    }

    /**
     * Returns all by the names of their files.
     *
     * @param leftAside files in the same directory that nobody read; those that were meant for connectors are told too
     */
    List<Read> all(List<String> leftAside) {
        List<Read> all = new ArrayList<>(byName.values());
        leftAside.stream()
                .filter(file -> file.endsWith(KameletTexts.SUFFIX))
                .map(this::misnamed)
                .forEach(all::add);
        return all;
    }
}
