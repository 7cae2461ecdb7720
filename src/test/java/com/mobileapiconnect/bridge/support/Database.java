package com.mobileapiconnect.bridge.support;

import com.mobileapiconnect.bridge.store.Dialect;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.store.PostgresDialect;
import com.mobileapiconnect.bridge.store.SqliteDialect;
import com.mobileapiconnect.bridge.store.StoreSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;

/** The databases that a contract is held on. */
public enum Database {
    SQLITE {
        @Override
        public Dialect fresh(Path directory) {
            return new SqliteDialect(directory.resolve("bridge.db"));
        }

        @Override
        public String[] settings() {
            return new String[0];
        }
    },
    POSTGRESQL {
        @Override
        public Dialect fresh(Path directory) {
            return postgres(PostgresServer.shared().freshDatabase());
        }

        @Override
        public String[] settings() {
            return PostgresServer.settings();
        }
    };

    /** On an empty database; the directory is for what needs a file. */
    public abstract Dialect fresh(Path directory);

    /** What a bridge needs to run on an empty one. */
    public abstract String[] settings();

    public static Dialect postgres(String url) {
        return new PostgresDialect(url, new PostgresDialect.Login("", ""));
    }

    /** A store on an empty database, with the usual settings. */
    public JdbcStore store(Path directory) {
        return open(fresh(directory));
    }

    /** A store on what a database holds already, with the usual settings. */
    public static JdbcStore open(Dialect dialect) {
        return JdbcStore.open(dialect, new StoreSettings(2, 256, 20_000), new SimpleMeterRegistry());
    }
}
