package com.mobileapiconnect.bridge.message;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;

/**
 * Shares Jackson's buffers between requests. Jackson would keep them with the thread, and on Java 21 and later each request has a
 * thread of its own.
 */
public final class JsonBuffers {

    /** So many work at once on a few cores, and a buffer may have grown to 200 KB. */
    private static final int MOST = 16;

    public static final RecyclerPool<BufferRecycler> POOL = JsonRecyclerPools.newBoundedPool(MOST);

    private JsonBuffers() {}
}
