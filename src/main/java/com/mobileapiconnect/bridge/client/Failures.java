package com.mobileapiconnect.bridge.client;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import javax.net.ssl.SSLException;

/** Failures of the client's library, in words that neither quote a receiver nor tell its address. */
final class Failures {

    private Failures() {}

    static Throwable plain(Throwable failure) {
        if (failure instanceof NotSslRecordException) {
            return new SSLException("The receiver does not speak TLS on this port");
        } else if (failure instanceof TooLongFrameException) {
            return new IOException("A line or the head of the answer is too long");
        } else if (failure instanceof DecoderException && failure.getCause() != null) {
            return plain(failure.getCause());
        } else if (failure instanceof IOException) {
            return failure;
        } else if (failure instanceof IllegalArgumentException || failure instanceof DecoderException) {
            return new IOException("The answer is not HTTP");
        }
        return new IOException(failure.getClass().getSimpleName());
    }

    /**
     * Describes that no connection came about. The library's own message has the address.
     *
     * @param to the receiver, or the proxy, whose address is no tenant's business
     */
    static IOException noConnection(String to, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String words = "Connect to " + to + " failed: " + reason(cause);
        if (words.contains("reset")) {
            return new IOException(words); // it was there, and the receiver ended it
        }
        ConnectException failed = new ConnectException(words);
        failed.initCause(failure);
        return failed;
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        if (message == null) {
            return cause.getClass().getSimpleName();
        }
        int address = message.indexOf(": /");
        return address < 0 ? message : message.substring(0, address);
    }
}
