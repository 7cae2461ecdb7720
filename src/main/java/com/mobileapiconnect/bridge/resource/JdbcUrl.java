package com.mobileapiconnect.bridge.resource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URL of a database, without a login and with none but harmless options. */
public record JdbcUrl(DatabaseBrand brand, String text) {

    static final int LONGEST = 2_000;

    private static final Pattern OPTION = Pattern.compile("([A-Za-z0-9._]+)=(\\{[^}]*}|[^;&{}\\p{Cntrl}]*)");
    private static final Set<String> LOGIN = Set.of("user", "username", "password", "pwd", "uid");
    private static final Set<String> TIMES =
            Set.of("logintimeout", "connecttimeout", "sockettimeout", "busy_timeout", "querytimeout", "locktimeout");

    /** @param url without the login that stood in what was parsed */
    record Parsed(
            JdbcUrl url,
            @Nullable String username,
            @Nullable String password) {}

    /**
     * @param ofOperator whether somebody wrote it who has the machine too: a URL of a driver that is not known is good then
     * @throws IllegalArgumentException says what is wrong, and quotes nothing that may be a secret
     */
    static Parsed parse(String text, boolean ofOperator) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("must have at most " + LONGEST + " characters");
        }
        DatabaseBrand brand = DatabaseBrand.of(text);
        if (brand == DatabaseBrand.OTHER) {
            if (ofOperator && brand.isPlace(text)) {
                return new Parsed(new JdbcUrl(brand, text), null, null);
            }
            throw new IllegalArgumentException("must be a JDBC URL of PostgreSQL, MariaDB, MySQL, SQL Server, SQLite or"
                    + " Oracle, such as jdbc:postgresql://host:5432/database");
        }
        String[] parts = text.split(brand.separators());
        if (!brand.isPlace(parts[0])) {
            throw new IllegalArgumentException(form(brand));
        }
        List<String> kept = new ArrayList<>();
        String username = null;
        String password = null;
        for (int i = 1; i < parts.length; i++) {
            Matcher option = OPTION.matcher(parts[i]);
            if (!option.matches()) {
                throw new IllegalArgumentException("has an option that cannot be read; write each as name=value");
            }
            String name = option.group(1).toLowerCase(Locale.ROOT);
            if (!LOGIN.contains(name)) {
                requireHarmless(brand, option.group(1));
                kept.add(parts[i]);
            } else if (name.startsWith("p")) {
                password = value(brand, option.group(2));
            } else {
                username = value(brand, option.group(2));
            }
        }
        return new Parsed(new JdbcUrl(brand, joined(brand, parts[0], kept)), username, password);
    }

    private static void requireHarmless(DatabaseBrand brand, String option) {
        if (TIMES.contains(option.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "must not have the option " + option + ": the bridge gives each call its time");
        }
        if (!brand.options().contains(option)) {
            throw new IllegalArgumentException("must not have the option " + option + "; "
                    + (brand.options().isEmpty()
                            ? "none is allowed"
                            : "allowed are " + String.join(", ", brand.options())));
        }
    }

    private static String value(DatabaseBrand brand, String written) {
        if (brand == DatabaseBrand.SQLSERVER) {
            return written.startsWith("{") ? written.substring(1, written.length() - 1) : written;
        }
        try {
            return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a login whose percent signs are no encoding", e);
        }
    }

    private static String joined(DatabaseBrand brand, String place, List<String> options) {
        if (options.isEmpty()) {
            return place;
        }
        boolean semicolons = brand == DatabaseBrand.SQLSERVER;
        return place + (semicolons ? ";" : "?") + String.join(semicolons ? ";" : "&", options);
    }

    private static String form(DatabaseBrand brand) {
        return "must look like "
                + switch (brand) {
                    case POSTGRESQL -> "jdbc:postgresql://host:5432/database";
                    case MARIADB -> "jdbc:mariadb://host:3306/database";
                    case SQLSERVER -> "jdbc:sqlserver://host:1433;databaseName=database";
                    case SQLITE -> "jdbc:sqlite:/path/to/file.db";
                    case ORACLE -> "jdbc:oracle:thin:@//host:1521/service";
                    case OTHER -> "jdbc:…";
                };
    }

    /** Returns the URL as the driver takes it. */
    String ofDriver() {
        return brand.driverUrl(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
