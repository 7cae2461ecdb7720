package com.mobileapiconnect.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What counts as a sign of life of a server that is too busy to answer itself. */
class ServerPulseTest {

    private final ServerPulse pulse = new ServerPulse(new ServerProperties());
    private final AtomicInteger signs = new AtomicInteger();

    @AfterEach
    void stop() {
        pulse.destroy();
    }

    private void serve(FilterChain request) throws Exception {
        pulse.doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), request);
    }

    /** The server of this test has no port, so it is never asked: only requests count. */
    private int ask() {
        pulse.ask(signs::incrementAndGet);
        return signs.get();
    }

    @Test
    void aRequestThatHasEndedIsOneSignOfLife() throws Exception {
        assertThat(ask()).isZero();

        serve((request, response) ->
                assertThat(ask()).as("while it is worked on").isZero());

        assertThat(ask()).isEqualTo(1);
        assertThat(ask()).as("nothing has ended since").isEqualTo(1);
    }

    @Test
    void soIsOneThatHasFailed() {
        assertThatThrownBy(() -> serve((request, response) -> {
                    throw new ServletException("a fault");
                }))
                .hasMessage("a fault");

        assertThat(ask()).isEqualTo(1);
    }
}
