package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the whole call in time, from name look-up to the last byte, and the answer in size; an interrupt ends it. The first handler in the
 * client's chain; Camel afterwards sees a status without a body.
 */
final class AnswerReader implements ExecChainHandler {

    private static final int READ_BYTES = 1 << 20;

    private final ScheduledExecutorService timer;

    AnswerReader(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpCall call = HttpCall.current();
        // A kept-alive connection is only for the tenant whose networks its address was checked against, as long as
        // these are the same, and only for the target whose certificate or credentials it has seen.
        scope.clientContext.setUserToken(call.state());
        Cancellable underWay = (Cancellable) scope.originalRequest;
        ScheduledFuture<?> deadline = timer.schedule(
                () -> {
                    call.timeOut();
                    underWay.cancel();
                },
                call.nanosLeft(),
                TimeUnit.NANOSECONDS);
        CutOff cutOff = new CutOff(underWay);
        try {
            cutOff.on();
            ClassicHttpResponse response = chain.proceed(request, scope);
            boolean ended = false;
            try {
                ended = read(call, response);
            } finally {
                if (!ended) {
                    // Discard the connection first: closing the answer alone would read to its end, however far that
                    // is.
                    scope.execRuntime.discardEndpoint();
                }
                Closer.closeQuietly(response);
            }
            return new BasicClassicHttpResponse(response.getCode());
        } finally {
            deadline.cancel(false);
            cutOff.off();
        }
    }

    /** Returns false if the rest of the body was not waited for. */
    private static boolean read(HttpCall call, ClassicHttpResponse response) throws IOException {
        byte[] kept = new byte[call.keptBytes()];
        int length = 0;
        boolean ended = true;
        call.answered(answer(response, "", false));
        InputStream body = content(response.getEntity());
        if (body != null) {
            length = body.readNBytes(kept, 0, kept.length);
            call.answered(answer(response, text(kept, length), false));
            ended = length < kept.length || skip(body, READ_BYTES - length);
        }
        call.answered(answer(response, text(kept, length), true));
        return ended;
    }

    private static HttpCall.Answer answer(ClassicHttpResponse response, String body, boolean whole) {
        return new HttpCall.Answer(
                new HttpAnswer(
                        response.getCode(),
                        body,
                        header(response, HttpHeaders.RETRY_AFTER),
                        header(response, HttpAnswer.WISH),
                        header(response, HttpHeaders.LOCATION)),
                whole);
    }

    private static @Nullable String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private static @Nullable InputStream content(@Nullable HttpEntity entity) throws IOException {
        return entity == null ? null : entity.getContent();
    }

    /** Discards up to {@code atMost} bytes. Returns false if the body is longer than that. */
    private static boolean skip(InputStream body, int atMost) throws IOException {
        byte[] buffer = new byte[8 << 10];
        int left = atMost;
        int n;
        while (left > 0 && (n = body.read(buffer, 0, Math.min(buffer.length, left))) > 0) {
            left -= n;
        }
        return left > 0;
    }

    /** Decodes any bytes into a text that a database and a page can hold; a character cut off at the end is dropped. */
    private static String text(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(Arrays.copyOf(bytes, wholeCharacters(bytes, length))))
                    .toString()
                    .replace('\0', '\uFFFD');
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("A decoder that replaces reports nothing", e);
        }
    }

    private static int wholeCharacters(byte[] bytes, int length) {
        if (length < bytes.length) {
            return length; // not cut by us
        }
        int start = length - 1;
        while (start > length - 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        int lead = bytes[start] & 0xff;
        int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return start + needed > length ? start : length;
    }
}
