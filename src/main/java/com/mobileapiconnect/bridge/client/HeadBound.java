package com.mobileapiconnect.bridge.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what comes before an answer's head is whole, whatever it is: interim answers, empty lines, headers. The
 * decoder bounds lines and heads, each by itself.
 */
final class HeadBound extends ChannelInboundHandlerAdapter {

    static final int MOST_BYTES = 64 << 10;
    /** Bytes of a head of which an idle connection may keep the longest line. */
    private static final int SHORT_BYTES = 4 << 10;

    private @Nullable CallShare share;
    private boolean open;
    private int came;
    private int taken;
    private boolean wasLong;

    void begin(CallShare ofCall) {
        share = ofCall;
        open = true;
        came = 0;
        taken = 0;
        wasLong = false;
    }

    /** Notes that the head is whole; returns whether there is memory for it. */
    boolean end(HttpHeaders headers, boolean afterOthers) {
        open = false;
        if (came <= CallMemory.FREE) {
            return true; // with what came of the body
        }
        int size = 0;
        for (Map.Entry<String, String> header : headers) {
            size += header.getKey().length() + header.getValue().length();
        }
        wasLong = came > SHORT_BYTES && (afterOthers || size > SHORT_BYTES);
        return fits(size);
    }

    /** Returns whether the decoder may have kept much of this head, which it does for the next one. */
    boolean wasLong() {
        return wasLong;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (!open || !(part instanceof ByteBuf bytes)) {
            context.fireChannelRead(part);
            return;
        }
        // What has come before this part left the head open; this part may have a body after it.
        if (came > MOST_BYTES) {
            bytes.release();
            fail(context, new IOException("The head of the answer is longer than 64 KiB"));
            return;
        }
        came += bytes.readableBytes();
        context.fireChannelRead(part);
        if (open && !fits(came)) {
            fail(context, CallShare.none());
        }
    }

    private void fail(ChannelHandlerContext context, IOException why) {
        open = false;
        context.fireExceptionCaught(why);
    }

    private boolean fits(int size) {
        int more = size - CallMemory.FREE - taken;
        if (more <= 0 || share == null) {
            return true;
        }
        taken += more;
        return share.take(more);
    }
}
