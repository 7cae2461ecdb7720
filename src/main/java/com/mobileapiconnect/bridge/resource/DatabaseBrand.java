package com.mobileapiconnect.bridge.resource;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The databases that the bridge knows: what their URLs look like, which options of their drivers do no harm, and how long
 * their drivers wait. An option that is not listed is refused: drivers have some that load classes, ask directories, or
 * hand out files.
 */
public enum DatabaseBrand {
    POSTGRESQL(
            "org.postgresql.Driver",
            "jdbc:postgresql://" + Form.HOSTS + "/" + Form.NAME,
            "[?&]",
            "ApplicationName currentSchema sslmode sslnegotiation sslrootcert ssl channelBinding gssEncMode"
                    + " targetServerType loadBalanceHosts hostRecheckSeconds tcpKeepAlive prepareThreshold"
                    + " preparedStatementCacheQueries binaryTransfer stringtype reWriteBatchedInserts") {
        @Override
        void bound(Properties driver, int connectMillis, int readMillis) {
            driver.setProperty("connectTimeout", seconds(connectMillis));
            driver.setProperty("loginTimeout", seconds(connectMillis));
            driver.setProperty("socketTimeout", seconds(readMillis));
            driver.setProperty("tcpKeepAlive", "true");
            driver.setProperty("reWriteBatchedInserts", "true");
            driver.setProperty("ApplicationName", "erp-bridge");
        }
    },
    MARIADB(
            "org.mariadb.jdbc.Driver",
            "jdbc:(?:mariadb:(?:replication:|loadbalance:|sequential:)?|mysql:)//" + Form.HOSTS + "/" + Form.NAME,
            "[?&]",
            "sslMode useSsl requireSSL verifyServerCertificate serverSslCert enabledSslProtocolSuites tlsVersions"
                    + " characterEncoding useUnicode connectionCollation timezone serverTimezone connectionTimeZone"
                    + " forceConnectionTimeZoneToSession preserveInstants zeroDateTimeBehavior tcpKeepAlive"
                    + " useCompression allowPublicKeyRetrieval useAffectedRows tinyInt1isBit rewriteBatchedStatements"
                    + " useBulkStmts useServerPrepStmts cachePrepStmts") {
        @Override
        void bound(Properties driver, int connectMillis, int readMillis) {
            driver.setProperty("connectTimeout", Integer.toString(connectMillis));
            driver.setProperty("socketTimeout", Integer.toString(readMillis));
            driver.setProperty("tcpKeepAlive", "true");
            // otherwise a server may ask for the files of this machine
            driver.setProperty("allowLocalInfile", "false");
        }

        /** Has values that do not fit refused, and not cut. */
        @Override
        @Nullable String first() {
            return "set session sql_mode = concat(@@sql_mode, ',STRICT_ALL_TABLES')";
        }

        /** Returns a URL of MariaDB for one of MySQL: the driver knows both servers. */
        @Override
        String driverUrl(String url) {
            return url.startsWith("jdbc:mysql:") ? "jdbc:mariadb:" + url.substring("jdbc:mysql:".length()) : url;
        }
    },
    SQLSERVER(
            "com.microsoft.sqlserver.jdbc.SQLServerDriver",
            "jdbc:sqlserver://" + Form.HOST + "(?:\\\\[A-Za-z0-9_$-]+)?(?::[0-9]{1,5})?",
            ";",
            "databaseName database instanceName encrypt trustServerCertificate hostNameInCertificate"
                    + " serverCertificate sslProtocol applicationIntent applicationName multiSubnetFailover"
                    + " sendStringParametersAsUnicode sendTemporalDataTypesAsStringForBulkCopy packetSize") {
        @Override
        void bound(Properties driver, int connectMillis, int readMillis) {
            driver.setProperty("loginTimeout", seconds(connectMillis));
            driver.setProperty("socketTimeout", Integer.toString(readMillis));
            driver.setProperty("applicationName", "erp-bridge");
        }
    },
    SQLITE(
            "org.sqlite.JDBC",
            "jdbc:sqlite:(?!:|file:)[^?\\p{Cntrl}]+",
            "[?&]",
            "foreign_keys journal_mode synchronous") {
        @Override
        void bound(Properties driver, int connectMillis, int readMillis) {
            driver.setProperty("busy_timeout", Integer.toString(Math.min(connectMillis, SQLITE_BUSY_MILLIS)));
        }
    },
    /** A database whose driver is a plugin, because its licence does not let it come with the bridge. */
    ORACLE(
            null,
            "jdbc:oracle:thin:@(?:(?:tcps?:)?//)?" + Form.HOST + "(?::[0-9]{1,5})?[:/][A-Za-z0-9._$#-]+",
            "\\?",
            "") {
        @Override
        void bound(Properties driver, int connectMillis, int readMillis) {
            driver.setProperty("oracle.net.CONNECT_TIMEOUT", Integer.toString(connectMillis));
            driver.setProperty("oracle.jdbc.ReadTimeout", Integer.toString(readMillis));
        }
    },
    /** Any other that a plugin has a driver for; only settings may name it. */
    OTHER(null, "jdbc:[a-z0-9]+:\\S.*", "\\p{Cntrl}", "") {
        @Override
        void bound(Properties driver, int connectMillis, int readMillis) {
            // nothing is known of its driver
        }
    };

    private static final int SQLITE_BUSY_MILLIS = 2_000;

    private final @Nullable String driver;
    private final Pattern place;
    private final String separators;
    private final Set<String> options;

    private static final class Form {
        static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])";
        static final String HOSTS = HOST + "(?::[0-9]{1,5})?(?:," + HOST + "(?::[0-9]{1,5})?)*";
        static final String NAME = "[^/?;&\\s\\p{Cntrl}]*";
    }

    DatabaseBrand(@Nullable String driver, String place, String separators, String options) {
        this.driver = driver;
        this.place = Pattern.compile(place);
        this.separators = separators;
        this.options = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (!options.isEmpty()) {
            this.options.addAll(Set.of(options.split(" ")));
        }
    }

    /** Finds the brand by the beginning of a URL. */
    static DatabaseBrand of(String url) {
        String scheme = url.toLowerCase(Locale.ROOT);
        Map<String, DatabaseBrand> schemes = Map.of(
                "jdbc:postgresql:", POSTGRESQL,
                "jdbc:mariadb:", MARIADB,
                "jdbc:mysql:", MARIADB,
                "jdbc:sqlserver:", SQLSERVER,
                "jdbc:sqlite:", SQLITE,
                "jdbc:oracle:", ORACLE);
        return schemes.entrySet().stream()
                .filter(each -> scheme.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHER);
    }

    /** Returns the class of the driver that comes with the bridge; null where a plugin brings it. */
    @Nullable String driver() {
        return driver;
    }

    boolean isPlace(String url) {
        return place.matcher(url).matches();
    }

    String separators() {
        return separators;
    }

    Set<String> options() {
        return options;
    }

    String driverUrl(String url) {
        return url;
    }

    /** Returns a statement that each new connection begins with; null for none. */
    @Nullable String first() {
        return null;
    }

    /** Has the driver give up, when it connects and when it waits for an answer. */
    abstract void bound(Properties driver, int connectMillis, int readMillis);

    private static String seconds(int millis) {
        return Integer.toString(Math.max(1, (millis + 999) / 1_000));
    }
}
