package com.mobileapiconnect.bridge.store;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Refuses at once what would keep a bridge from taking a database over, because at the end of its wait nobody may be there
 * to mend it.
 */
@FunctionalInterface
public interface BeforeStandby {

    /** @param database belongs to another bridge and is only read; its tables are those of that bridge's version */
    void check(JdbcClient database);
}
