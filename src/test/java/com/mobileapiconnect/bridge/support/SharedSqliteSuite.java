package com.mobileapiconnect.bridge.support;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests on the bridge that all tests of a process share, of things that are the same on every database. */
public abstract class SharedSqliteSuite {

    protected static RunningBridge bridge;

    @BeforeAll
    static void joinTheBridge() {
        bridge = RunningBridge.shared(Database.SQLITE);
    }

    @AfterAll
    static void leaveTheBridge() {
        bridge.close();
    }
}
