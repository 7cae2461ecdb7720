package com.mobileapiconnect.bridge.resource;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database that routes use.
 *
 * @param url may hold a password
 */
record Database(String name, String url) {

    private static final Pattern ENTRY = Pattern.compile("([a-z][a-z0-9-]{0,63})=(jdbc:[a-z0-9]+:\\S.*)");
    private static final int CONNECTIONS = 4;
    private static final long CONNECT_WITHIN = TimeUnit.SECONDS.toMillis(5);
    private static final long IDLE = TimeUnit.MINUTES.toMillis(1);

    /** @throws BadSettingException names the entry, and shows nothing behind its name */
    static Database parse(String entry) {
        Matcher parts = ENTRY.matcher(entry.strip());
        if (!parts.matches()) {
            throw new BadSettingException(String.format(
                    Locale.ROOT,
                    "BRIDGE_RESOURCE_DATABASES has an entry that begins with \"%s\". Write each as a name and a JDBC URL, like"
                            + " erp=jdbc:postgresql://host/db?user=bridge&password=…; the name has lower case letters,"
                            + " digits and hyphens.",
                    entry.strip().replaceFirst("(?s)[=:].*", "").replaceAll("\\p{Cntrl}", " ")));
        }
        return new Database(parts.group(1), parts.group(2));
    }

    /** Returns a pool that connects when it is first asked, and keeps nothing open that is not used. */
    HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(IDLE);
        pool.setConnectionTimeout(CONNECT_WITHIN);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    @Override
    public String toString() {
        return name;
    }
}
