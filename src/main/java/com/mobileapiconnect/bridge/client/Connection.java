package com.mobileapiconnect.bridge.client;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to a receiver, which takes one call at a time. */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {

    private static final int MOST_INTERIM = 16;
    private static final long LIFETIME_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final byte[] NOTHING = {};

    private final Channel channel;
    private final Route route;
    private final String tenantId;
    private final Idle idle;
    private final HeadBound bound;
    private final AnswerDecoder decoder;
    private final long madeAt = System.nanoTime();

    private @Nullable Underway call;
    private @Nullable ChannelFuture written;
    private boolean interim;
    private int interims;
    private boolean kept;
    /** True between the last part of an answer and the end of the read that brought it. */
    private boolean whole;

    private long idleSince;

    /** The connections that wait for a call. */
    interface Idle {

        void put(Connection connection);

        /** Forgets a connection that has ended; nothing happens if it is not there. */
        void remove(Connection connection);
    }

    Connection(Channel channel, Route route, String tenantId, Idle idle, HeadBound bound, AnswerDecoder decoder) {
        this.channel = channel;
        this.route = route;
        this.tenantId = tenantId;
        this.idle = idle;
        this.bound = bound;
        this.decoder = decoder;
    }

    Route route() {
        return route;
    }

    boolean isOf(String tenant) {
        return tenantId.equals(tenant);
    }

    /** Returns whether it can take a call. */
    boolean usable() {
        return channel.isActive() && System.nanoTime() - madeAt < LIFETIME_NANOS;
    }

    boolean idleFor(long nanos) {
        return System.nanoTime() - idleSince >= nanos;
    }

    void close() {
        channel.close();
    }

    /** Closes it because its call is over before the answer was. */
    private void abandon() {
        call = null;
        channel.close();
    }

    void send(Underway next) {
        call = next;
        next.on(this::abandon);
        interims = 0;
        interim = false;
        kept = false;
        whole = false;
        bound.begin(next.share);
        next.caller.connected();
        written = channel.writeAndFlush(message(next)).addListener(done -> {
            if (!done.isSuccess() && call == next) {
                next.fail(Failures.plain(done.cause()));
            }
        });
    }

    private static DefaultFullHttpRequest message(Underway next) {
        Request request = next.request;
        byte[] body = request.body();
        HttpHeaders headers = Hosts.HEADERS.newHeaders();
        headers.set("Host", Hosts.header(request.url()));
        if (body != null) {
            headers.set("Content-Length", Integer.toString(body.length));
        }
        request.headers().forEach(headers::set);
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(request.method()),
                Hosts.target(request.url()),
                Unpooled.wrappedBuffer(body == null ? NOTHING : body),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        Underway current = call;
        if (current == null) {
            channel.close(); // nobody asked for anything
        } else if (whole) {
            kept = false; // more than was asked for
        } else if (part.decoderResult().isFailure()) {
            fail(current, Failures.plain(part.decoderResult().cause()));
        } else if (part instanceof HttpResponse head && !head(current, head)) {
            return; // and has failed
        } else if (part instanceof HttpContent content) {
            body(current, content);
        }
    }

    private boolean head(Underway current, HttpResponse head) {
        int status = head.status().code();
        HttpVersion version = head.protocolVersion();
        interim = status >= 100 && status < 200;
        if (!version.protocolName().equals("HTTP") || version.majorVersion() != 1) {
            return fail(current, new IOException("The answer is of another version of HTTP"));
        } else if (status < 100 || status > 999) {
            return fail(current, new IOException("The answer's status is no status"));
        } else if (status == 101) {
            return fail(current, new IOException("The receiver wants another protocol (101)"));
        } else if (interim) {
            return ++interims <= MOST_INTERIM
                    || fail(current, new IOException("More than " + MOST_INTERIM + " interim answers"));
        }
        if (!bound.end(head.headers(), interims > 0)) {
            return fail(current, CallShare.none());
        }
        // An answer that cannot have a body and says that it has: what comes next would be taken for the next answer.
        boolean contradicts = (status == 204 || status == 304)
                && (HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0);
        kept = HttpUtil.isKeepAlive(head) && !contradicts;
        current.head(head);
        return true;
    }

    private void body(Underway current, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (interim) {
            return;
        }
        if (!current.body(content)) {
            fail(current, CallShare.none());
        } else if (last) {
            whole = true;
        } else if (current.enough()) {
            call = null;
            channel.close();
            current.succeed();
        }
    }

    /**
     * Ends a call whose answer is whole. Not before all that has come is read: the next call may begin in this one's end,
     * and what comes behind an answer must not be taken for the answer to the next.
     */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Underway current = call;
        if (current == null || !whole) {
            return;
        }
        boolean again =
                kept && !bound.wasLong() && written != null && written.isSuccess() && decoder.isEmpty() && usable();
        call = null;
        if (again) {
            idleSince = System.nanoTime();
            idle.put(this);
        } else {
            channel.close();
        }
        current.succeed();
    }

    private boolean fail(Underway current, Throwable why) {
        current.fail(why);
        return false;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        idle.remove(this);
        channelReadComplete(context); // what came at once with its end
        Underway current = call;
        if (current != null) {
            current.fail(new IOException("The receiver closed the connection"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Underway current = call;
        if (current != null && whole) {
            kept = false; // of what came behind the answer
        } else if (current != null) {
            current.fail(Failures.plain(cause));
        } else {
            channel.close();
        }
    }
}
