package com.mobileapiconnect.bridge.sql;

import com.mobileapiconnect.bridge.support.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A customer's database, real and empty. */
enum ErpDatabase {
    SQLITE {
        @Override
        String url() {
            return "jdbc:sqlite:" + File.PATH;
        }
    },
    POSTGRESQL {
        @Override
        String url() {
            return Server.URL;
        }
    };

    private static final AtomicInteger TABLES = new AtomicInteger();

    private static final class File {
        static final Path PATH = path();

        private static Path path() {
            try {
                return Files.createTempDirectory("erp").resolve("erp.db");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Server {
        static final String URL = PostgresServer.shared()
                .emptyDatabase()
                .replaceFirst("postgresql://postgres@([^/]+)/(.*)", "jdbc:postgresql://$1/$2?user=postgres");
    }

    abstract String url();

    static int port() {
        return Integer.parseInt(Server.URL.replaceFirst(".*127\\.0\\.0\\.1:(\\d+)/.*", "$1"));
    }

    /** With patience: whoever writes into the file may be at a standstill while it is locked. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(this == SQLITE ? url() + "?busy_timeout=120000" : url());
    }

    String table(String columns) throws SQLException {
        return table(columns, "id varchar(40) primary key");
    }

    String table(String columns, String key) throws SQLException {
        return table("sms_" + TABLES.incrementAndGet(), columns, key);
    }

    String table(String name, String columns, String key) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table " + name + " (" + key + ", " + columns + ")");
        }
        return name;
    }

    /** Each row as its values with bars between them. */
    List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getString(i));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
