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
 * Why a mail was not taken.
 *
 * @param forGood   the server understood and refused this very mail (5xx)
 * @param addresses of these recipients alone; none: of the mail as a whole
 * @param words     the server's own, where it said any
 */
record Refusal(boolean forGood, ErrorClass errorClass, Set<String> addresses, String words) {

    private static final int FIRST_PERMANENT = 500;
    // The server wants to know who we are: not the mail's fault, and mended by the operator.
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

    /** Mail exceptions hang together in two ways: by their causes, and as siblings. */
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
