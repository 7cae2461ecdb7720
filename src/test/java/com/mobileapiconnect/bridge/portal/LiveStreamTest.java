package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.tenant.SignedIns;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream whose browser reads when the test says so. */
class LiveStreamTest {

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final List<LiveStream> ended = new ArrayList<>();
    private @Nullable WriteListener listener;
    private boolean ready;
    private boolean gone;
    private boolean complete;
    private long now;
    private LiveStream stream;

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @BeforeEach
    void open() throws IOException {
        ServletOutputStream out = new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return ready;
            }

            @Override
            public void setWriteListener(WriteListener given) {
                listener = given;
            }

            @Override
            public void write(int b) {
                read.write(b);
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                if (gone) {
                    throw new IOException("gone");
                }
                read.write(bytes);
                ready = false; // until it is read
            }
        };
        ServletResponse response = proxy(ServletResponse.class, (proxy, method, arguments) -> out);
        AsyncContext async = proxy(AsyncContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getResponse" -> response;
            case "complete" -> {
                complete = true;
                yield null;
            }
            default -> null;
        });
        HttpServletRequest request = proxy(HttpServletRequest.class, (proxy, method, arguments) -> async);
        stream = LiveStream.open(
                request,
                new Session(SignedIns.ofTenant("key_1"), java.time.Clock.systemUTC()),
                new LiveId("ten_1", "key_1", "/", "en"),
                ended::add,
                () -> now);
    }

    private void reads() throws IOException {
        ready = true;
        listener.onWritePossible();
    }

    private String seen() {
        return read.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsWrittenBeforeTheContainerLetsItAndThenTheBeginningAndTheState() throws IOException {
        stream.send(LiveEvent.part("one"));
        assertThat(seen()).isEmpty();

        reads();
        assertThat(seen()).isEqualTo("retry: 2000\n\nevent: part\ndata: one\n\n");
    }

    @Test
    void ofWhatASlowBrowserHasNotReadOnlyTheNewestIsKept() throws IOException {
        reads();
        for (int i = 0; i < 100; i++) {
            stream.send(LiveEvent.part("state " + i));
        }
        stream.beat();
        assertThat(seen()).doesNotContain("state");

        reads();
        assertThat(seen()).contains("state 99").doesNotContain("state 98", "beat");
    }

    @Test
    void aBrowserThatDoesNotReadIsSeenToBeStuckAndOneThatDoesIsNot() throws IOException {
        reads();
        stream.send(LiveEvent.part("one"));
        now = 50;
        assertThat(stream.stuckNanos()).isEqualTo(50);

        reads();
        reads();
        assertThat(stream.stuckNanos()).isZero();
    }

    @Test
    void aBrowserThatHasGoneEndsTheStreamAndNobodyElseNotices() throws IOException {
        gone = true;
        reads();
        stream.send(LiveEvent.part("one"));

        assertThat(stream.isOver()).isTrue();
        listener.onError(new IOException("gone"));
        assertThat(ended).containsExactly(stream);
    }

    @Test
    void theEndIsSaidAndCompletesTheRequest() throws IOException {
        reads();
        ready = true;
        stream.end(LiveEvent.OVER);

        assertThat(seen()).endsWith("event: over\ndata:\n\n");
        assertThat(complete).isTrue();
    }

    @Test
    void aTextOfSeveralLinesIsOneEventAndAnSmsCannotBeginAnother() {
        String event = new String(LiveEvent.part("a\r\nevent: over\rdata: x\n\nb"), StandardCharsets.UTF_8);

        assertThat(event.lines().skip(1)).allMatch(line -> line.isEmpty() || line.startsWith("data: "));
        assertThat(event).doesNotContain("\r");
    }
}
