package com.mobileapiconnect.bridge.email;

import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a mail was not accepted.
 *
 * @param forGood   whether the server understood and refused this very mail (5xx)
 * @param addresses the recipients that were refused; empty if the mail as a whole was
 * @param words     the server's own words, if any
 */
record Refusal(boolean forGood, ErrorClass errorClass, Set<String> addresses, String words) {

    private static final int FIRST_PERMANENT = 500;
    // The server demands authentication: not the mail's fault, and for the operator to correct.
    private static final Set<Integer> OF_CREDENTIALS = Set.of(530, 534, 535, 538);

    static Refusal of(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Set<String> addresses = new HashSet<>();
        List<String> words = new ArrayList<>();
        boolean forGood = true;
        for (Throwable each : chain) {
            if (each instanceof SMTPAddressFailedException refused) {
                addresses.add(refused.getAddress().getAddress());
                forGood &= permanent(refused.getReturnCode());
                words.add(refused.getAddress().getAddress() + ": " + words(refused));
            }
        }
        if (!addresses.isEmpty()) {
            return new Refusal(forGood, ErrorClass.SMTP, addresses, String.join("; ", words));
        }
        for (Throwable each : chain) {
            if (each instanceof SMTPSendFailedException refused) {
                return whole(permanent(refused.getReturnCode()), ErrorClass.SMTP, refused);
            } else if (each instanceof SMTPSenderFailedException refused) {
                return whole(permanent(refused.getReturnCode()), ErrorClass.SMTP, refused);
            }
        }
        for (Throwable each : chain) {
            ErrorClass known = classOf(each);
            if (known != null) {
                return whole(false, known, each);
            }
        }
        return whole(false, ErrorClass.SMTP, failure);
    }

    private static @Nullable ErrorClass classOf(Throwable failure) {
        if (failure instanceof TimeoutException || failure instanceof SocketTimeoutException) {
            return ErrorClass.TIMEOUT;
        } else if (failure instanceof UnknownHostException) {
            return ErrorClass.DNS;
        } else if (failure instanceof ConnectException || failure instanceof RejectedExecutionException) {
            return ErrorClass.CONNECT;
        } else if (failure instanceof SSLException) {
            return ErrorClass.TLS;
        }
        return failure instanceof AuthenticationFailedException ? ErrorClass.SMTP : null;
    }

    private static Refusal whole(boolean forGood, ErrorClass errorClass, Throwable failure) {
        return new Refusal(forGood, errorClass, Set.of(), words(failure));
    }

    private static boolean permanent(int code) {
        return code >= FIRST_PERMANENT && !OF_CREDENTIALS.contains(code);
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.strip().replaceAll("\\p{Cntrl}+", " ");
    }

    /** Returns all exceptions. Mail exceptions are linked in two ways: as causes and as siblings. */
    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        collect(failure, chain);
        return chain;
    }

    private static void collect(@Nullable Throwable failure, List<Throwable> chain) {
        if (failure == null || chain.contains(failure)) {
            return;
        }
        chain.add(failure);
        if (failure instanceof MessagingException mail) {
            collect(mail.getNextException(), chain);
        }
        collect(failure.getCause(), chain);
    }
}
