package com.mobileapiconnect.bridge.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Work;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriterStepsTest {

    private static final long LONG = Duration.ofMillis(11).toNanos();

    private final List<Object> pages = new ArrayList<>();

    /** A store that holds its writer for long, however few pages it gives back. */
    private Object slowly(Object store, Method method, Object... args) throws Exception {
        if (method.getName().equals("writeNow")) {
            return ((Work<?>) args[0]).in(null);
        }
        pages.add(args[1]);
        for (long begun = System.nanoTime(); System.nanoTime() - begun < LONG; ) {
            Thread.onSpinWait();
        }
        return true;
    }

    @Test
    void fewerPagesAreGivenBackAtOnceIfItHoldsTheWriterForLong() {
        Store store = (Store)
                Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, this::slowly);
        WriterSteps steps = new WriterSteps(store, new SimpleMeterRegistry());
        assertThat(steps.reclaim()).isTrue();
        assertThat(steps.reclaim()).isTrue();
        assertThat(steps.reclaim()).isTrue();
        assertThat(pages).isEqualTo(List.of(20, 10, 5));
    }
}
