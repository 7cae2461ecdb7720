package com.mobileapiconnect.bridge.support;

/** Tests on the bridge that all tests of a process share, each suite with a tenant of its own, on every database. */
@OnBothDatabases
public abstract class SharedBridgeSuite {

    protected static RunningBridge bridge;

    @BeforeDatabase
    static void joinTheBridge(Database database) {
        bridge = RunningBridge.shared(database);
    }

    @AfterDatabase
    static void leaveTheBridge() {
        bridge.close();
    }
}
