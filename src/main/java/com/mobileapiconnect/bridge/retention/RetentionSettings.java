package com.mobileapiconnect.bridge.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what has ended is kept; what is undelivered is kept whatever its age.
 *
 * @param messages messages with all that became of them
 * @param attempts the log of calls
 * @param bodies   what receivers answered, in that log
 * @param every    how often it is looked for, the first time that long after the start
 */
@ConfigurationProperties("bridge.retention")
record RetentionSettings(
        @DefaultValue("P90D") Duration messages,
        @DefaultValue("P90D") Duration attempts,
        @DefaultValue("P90D") Duration bodies,
        @DefaultValue("PT10M") Duration every) {}
