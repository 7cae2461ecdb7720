package com.mobileapiconnect.bridge.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Migrations of the suite's own, put before the bridge's one by one, so that there is one to be killed in. */
final class Migrations {

    /** In each. */
    static final int STATEMENTS = 4;

    private static final int FIRST_VERSION = 90_000;
    private static final String TEXT = """
            create table %1$s as select id, state, attempts from delivery;
            create index %1$s_of_state on %1$s (state, id);
            insert into %1$s select id, state, attempts from delivery;
            drop table %1$s;
            """;

    private final Path directory;
    private int made;

    Migrations(Path directory) {
        this.directory = directory;
    }

    /** For the class path; both databases find their own in it. */
    Path directory() {
        return directory;
    }

    void addOne() throws IOException {
        String sql = TEXT.formatted(FaultyDriver.PROBE + "_" + made);
        for (String database : List.of("sqlite", "postgresql")) {
            Path file = directory.resolve(
                    "db/migration/" + database + "/V" + (FIRST_VERSION + made) + "__crash_" + made + ".sql");
            Files.createDirectories(file.getParent());
            Files.writeString(file, sql);
        }
        made++;
    }
}
