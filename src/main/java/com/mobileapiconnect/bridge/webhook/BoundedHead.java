package com.mobileapiconnect.bridge.webhook;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Reads the head of an answer within bounds. The parser itself bounds the length and number of lines; this class bounds
 * their sum and the number of interim answers (100 Continue and the like). Each connection has its own.
 */
final class BoundedHead extends DefaultHttpResponseParser {

    /** Bounds of a connection: the length of a line, and the number of lines after the last chunk of a body. */
    static final Http1Config CONNECTION =
            Http1Config.custom().setMaxLineLength(8 << 10).setMaxHeaderCount(8).build();

    private static final Http1Config HEAD =
            Http1Config.copy(CONNECTION).setMaxHeaderCount(200).build();
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_INTERIM = 16;

    private int interim;

    BoundedHead() {
        super(HEAD);
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
        ClassicHttpResponse head = super.parse(buffer, new Bounded(in));
        if (head == null || head.getCode() >= 200) {
            interim = 0;
        } else if (++interim > MOST_INTERIM) {
            throw new MessageConstraintException("More than " + MOST_INTERIM + " interim answers");
        }
        return head;
    }

    /** Counts bytes, including those that the parser reads ahead, at most one of its buffers. */
    private static final class Bounded extends InputStream {

        private final InputStream in;
        private int left = MOST_BYTES;

        Bounded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left <= 0) {
                throw new MessageConstraintException("The answer's headers are larger than " + MOST_BYTES + " bytes");
            }
            int n = in.read(bytes, from, length);
            left -= n;
            return n;
        }
    }
}
