package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * @param patience time that a body may take to arrive, on top of what its size takes at 4 KiB/s
 * @param memory   bytes that all bodies on their way may take together, half of them bodies up to 8 KiB and half larger
 *                 ones, and of each half one address half; beyond it bodies are refused; 0 means a quarter of the heap
 */
@ConfigurationProperties("bridge.request")
record RequestSettings(
        @Bounds(least = "PT1S", most = "PT10M") Duration patience,

        @Bounds(least = "100KB", most = "1024GB", orZero = true)
        DataSize memory) {

    private static final int SHARE_OF_HEAP = 4;

    long memoryBytes() {
        return memory.toBytes() > 0 ? memory.toBytes() : Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }
}
