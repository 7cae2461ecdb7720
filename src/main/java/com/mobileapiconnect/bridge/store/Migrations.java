package com.mobileapiconnect.bridge.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Brings the schema up to date by Flyway. Most starts find that Flyway's own table has every migration, and spare
 * themselves the library.
 */
final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final Pattern NUMBERED = Pattern.compile("V(\\d{1,9})__");
    private static final String HISTORY = """
            select script, checksum, success from flyway_schema_history""";

    private Migrations() {}

    static void run(Dialect dialect, Connection connection) {
        if (!areDone(dialect, connection)) {
            refuseWhatANewerVersionHasUsed(dialect, connection);
            Flyway.configure()
                    .dataSource(new SingleConnectionDataSource(connection, true))
                    .locations(dialect.migrations())
                    .loggers("slf4j")
                    .load()
                    .migrate();
        }
    }

    /** Refuses migrations that come after all of this jar. Flyway warns of them alone, and goes on. */
    static void refuseWhatANewerVersionHasUsed(Dialect dialect, Connection connection) {
        try (Statement statement = connection.createStatement()) {
            if (!statement.executeQuery(dialect.hasHistory()).next()) {
                return;
            }
            int newest = 0;
            for (String script : checksums(directory(dialect)).keySet()) {
                newest = Math.max(newest, number(script));
            }
            try (ResultSet row = statement.executeQuery(HISTORY)) {
                while (row.next()) {
                    if (number(row.getString(1)) > newest) {
                        throw new StoreUnavailableException(
                                dialect.describe() + " was used by a newer version of the bridge, which made "
                                        + row.getString(1) + " of it. Start that version again, or this one on the"
                                        + " copy from before the upgrade.",
                                null);
                    }
                }
            }
        } catch (SQLException | IOException e) {
            LOG.debug("Flyway says what is wrong", e);
        }
    }

    private static int number(String script) {
        Matcher numbered = NUMBERED.matcher(script);
        return numbered.lookingAt() ? Integer.parseInt(numbered.group(1)) : 0;
    }

    private static String directory(Dialect dialect) {
        return dialect.migrations().replace("classpath:", "") + "/";
    }

    /** Returns whether Flyway would find nothing to do and nothing to complain of. */
    static boolean areDone(Dialect dialect, Connection connection) {
        Map<String, Integer> left = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            if (!statement.executeQuery(dialect.hasHistory()).next()) {
                return false;
            }
            left.putAll(checksums(directory(dialect)));
            try (ResultSet row = statement.executeQuery(HISTORY)) {
                while (row.next()) {
                    Integer expected = left.remove(row.getString(1));
                    if (expected == null || expected != row.getInt(2) || row.wasNull() || !row.getBoolean(3)) {
                        return false;
                    }
                }
            }
            return left.isEmpty();
        } catch (SQLException | IOException e) {
            return false; // Flyway says what is wrong
        }
    }

    /** Returns the checksums of the files in a directory of the class path, by name. */
    private static Map<String, Integer> checksums(String directory) throws IOException {
        Map<String, Integer> checksums = new HashMap<>();
        for (URL root : Collections.list(Migrations.class.getClassLoader().getResources(directory))) {
            if (root.openConnection() instanceof JarURLConnection inJar) {
                JarFile jar = inJar.getJarFile();
                for (JarEntry entry : Collections.list(jar.entries())) {
                    if (entry.getName().startsWith(directory) && !entry.isDirectory()) {
                        checksums.put(
                                entry.getName().substring(directory.length()), checksum(jar.getInputStream(entry)));
                    }
                }
            } else {
                try (Stream<Path> files = Files.list(Path.of(URI.create(root.toString())))) {
                    for (Path file : files.toList()) {
                        checksums.put(file.getFileName().toString(), checksum(Files.newInputStream(file)));
                    }
                }
            }
        }
        return checksums;
    }

    /** Computes Flyway's checksum, which is over the lines without their ends. */
    private static int checksum(InputStream file) throws IOException {
        CRC32 sum = new CRC32();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return (int) sum.getValue();
    }
}
