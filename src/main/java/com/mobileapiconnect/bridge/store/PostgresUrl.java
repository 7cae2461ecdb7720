package com.mobileapiconnect.bridge.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database URL as operators write it: {@code jdbc:postgresql://host:port/db?…} or {@code
 * postgresql://user:password@host:port/db?…}, several hosts separated by commas. The driver does not parse it, because
 * the URL may contain a password, and the driver's error messages quote the URL.
 */
record PostgresUrl(
        List<String> hosts,
        List<Integer> ports,
        String database,
        @Nullable String user,
        @Nullable String password,
        Map<String, String> parameters) {

    private static final String FORM =
            "must look like postgresql://user:password@host:5432/database or" + " jdbc:postgresql://host:5432/database";
    private static final int DEFAULT_PORT = 5432;

    /** Throws {@link IllegalArgumentException}, whose message never quotes the URL. */
    static PostgresUrl parse(String text) {
        String url = text.strip();
        url = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        int scheme = url.indexOf("://");
        if (scheme < 0 || !url.substring(0, scheme).matches("postgres(ql)?")) {
            throw new IllegalArgumentException(FORM);
        }
        String rest = url.substring(scheme + 3);
        int question = rest.indexOf('?');
        Map<String, String> parameters = parameters(question < 0 ? "" : rest.substring(question + 1));
        String place = question < 0 ? rest : rest.substring(0, question);
        int at = place.lastIndexOf('@');
        String login = at < 0 ? "" : place.substring(0, at);
        place = place.substring(at + 1);
        int slash = place.indexOf('/');
        if (slash <= 0 || slash == place.length() - 1) {
            throw new IllegalArgumentException(FORM);
        }
        List<String> hosts = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (String host : place.substring(0, slash).split(",", -1)) {
            int colon = host.lastIndexOf(':');
            boolean port = colon > host.lastIndexOf(']');
            hosts.add(port ? host.substring(0, colon) : host);
            ports.add(port ? port(host.substring(colon + 1)) : DEFAULT_PORT);
        }
        int colon = login.indexOf(':');
        String user =
                login.isEmpty() ? parameters.remove("user") : decode(colon < 0 ? login : login.substring(0, colon));
        String inQuery = parameters.remove("password");
        return new PostgresUrl(
                List.copyOf(hosts),
                List.copyOf(ports),
                decode(place.substring(slash + 1)),
                user,
                colon < 0 ? inQuery : decode(login.substring(colon + 1)),
                parameters);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                if (PGProperty.forName(name) == null) {
                    throw new IllegalArgumentException("has a parameter that the PostgreSQL driver does not know");
                }
                parameters.put(name, equals < 0 ? "true" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(FORM);
        }
        return Integer.parseInt(text);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * @param otherUser     overrides the user in the URL unless blank
     * @param otherPassword overrides the password in the URL unless empty
     */
    PGSimpleDataSource dataSource(String otherUser, String otherPassword) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(hosts.toArray(String[]::new));
        source.setPortNumbers(ports.stream().mapToInt(Integer::intValue).toArray());
        source.setDatabaseName(database);
        source.setUser(otherUser.isBlank() ? user : otherUser);
        source.setPassword(otherPassword.isEmpty() ? password : otherPassword);
        try {
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                source.setProperty(parameter.getKey(), parameter.getValue());
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalArgumentException("has a parameter whose value the PostgreSQL driver refuses");
        }
        return source;
    }

    /** Returns hosts and database, without user, password and parameters. */
    String place() {
        StringBuilder place = new StringBuilder();
        for (int i = 0; i < hosts.size(); i++) {
            place.append(i == 0 ? "" : ",").append(hosts.get(i)).append(':').append(ports.get(i));
        }
        return place.append('/').append(database).toString();
    }

    @Override
    public String toString() {
        return place();
    }
}
