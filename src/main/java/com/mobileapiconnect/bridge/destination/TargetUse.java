package com.mobileapiconnect.bridge.destination;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells whether rows still name a deleted target; implemented by the package that owns deliveries. */
public interface TargetUse {

    /** Returns whether the target has any delivery at all, finished or not, or any that was counted. */
    boolean isUsed(JdbcClient sql, String tenantId, String targetId);
}
