package com.mobileapiconnect.bridge.fault;

import com.mobileapiconnect.bridge.message.Graphemes;
import com.mobileapiconnect.bridge.message.WellFormed;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A fault and what to change. The words name the place as the tenant wrote it, and neither an address that a name leads
 * to nor a stack of an exception.
 *
 * @param words one or two sentences for people, at most 500 characters; a system's own words may be among them
 */
public record Fault(FaultKind kind, String words) {

    private static final int DEEPEST = 20;
    private static final int LONGEST = 500;

    public Fault {
        words = WellFormed.oneLine(WellFormed.of(Graphemes.cut(words, LONGEST)));
    }

    /**
     * Finds the fault of the network in a failure and its causes; empty if there is none.
     *
     * @param place the host, and the port where it matters, as the tenant or operator wrote it
     */
    public static Optional<Fault> of(Throwable failure, String place) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable each = failure; each != null && causes.size() < DEEPEST; each = each.getCause()) {
            causes.add(each);
        }
        // The innermost says most: a driver wraps a refused connection in a fault of its own.
        for (int i = causes.size() - 1; i >= 0; i--) {
            Throwable cause = causes.get(i);
            if (cause instanceof UnknownHostException) {
                return Optional.of(dns(place));
            } else if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return Optional.of(connect(place));
            } else if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
                return Optional.of(timeout(place));
            } else if (cause instanceof SSLException || cause instanceof java.security.cert.CertificateException) {
                return Optional.of(
                        tls(causes.stream().map(Throwable::getMessage).toList(), place));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the fault that a call ended with, by the class of its error; empty for a class that is no fault of the
     * network or the login.
     *
     * @param said the error in words
     */
    public static Optional<Fault> of(String errorClass, String said, String place) {
        return Optional.ofNullable(
                switch (errorClass) {
                    case "dns" -> dns(place);
                    case "refused" -> guarded(place);
                    case "connect" -> connect(place);
                    case "tls" -> tls(List.of(said), place);
                    case "timeout" -> timeout(place);
                    case "token" ->
                        new Fault(
                                FaultKind.LOGIN,
                                "The token endpoint gave no token: " + said
                                        + ". Check tokenUrl, clientId, clientSecret and scope.");
                    case "login" -> login(place);
                    default -> null;
                });
    }

    /**
     * Returns the fault that the status of an HTTP answer is; empty for a success.
     *
     * @param asked what was asked for, in words such as "the service root"
     */
    public static Optional<Fault> ofStatus(int status, String asked, String place) {
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        return Optional.of(
                switch (status) {
                    case 401 -> login(place);
                    case 403 -> permission(asked + " at " + place);
                    case 404, 410 ->
                        missing(asked + " at " + place + " (HTTP " + status + ")", "Check the path of the URL.");
                    default ->
                        answer(
                                place,
                                status >= 300 && status < 400
                                        ? "a redirect (HTTP " + status
                                                + "), which is not followed. Set the URL that it leads to."
                                        : "HTTP " + status + " to the question for " + asked + ".");
                });
    }

    public static Fault dns(String place) {
        return new Fault(
                FaultKind.DNS,
                "The name of " + place
                        + " is not known to the name service. Check its spelling, and whether the bridge's"
                        + " network knows it.");
    }

    /** The network guard's refusal. */
    public static Fault guarded(String place) {
        return new Fault(
                FaultKind.REFUSED,
                "The address of " + place
                        + " is not one that this tenant may reach. If it is meant, ask the operator to"
                        + " add its network to allowedNetworks.");
    }

    public static Fault connect(String place) {
        return new Fault(
                FaultKind.CONNECT,
                "Nobody accepts connections at " + place + ". Check the port, whether the system runs, and firewalls"
                        + " between the bridge and it.");
    }

    private static Fault tls(List<@Nullable String> messages, String place) {
        return new Fault(FaultKind.TLS, TlsFault.words(messages, place));
    }

    public static Fault timeout(String place) {
        return new Fault(
                FaultKind.TIMEOUT,
                place
                        + " did not answer in time. Check whether the system hangs or a firewall drops the packets; a slow"
                        + " system needs a longer timeout in redelivery.");
    }

    public static Fault login(String place) {
        return new Fault(
                FaultKind.LOGIN,
                place + " refused the login. Check the user, the password, key or token, and whether the account is"
                        + " locked.");
    }

    /** @param what what the login may not do, such as "insert into the table sms" */
    public static Fault permission(String what) {
        return new Fault(
                FaultKind.PERMISSION,
                "The login is right, and has no permission for " + what + ". Give the account that permission, or use"
                        + " another.");
    }

    /** @param what what is not there, such as "the table sms" */
    public static Fault missing(String what, String change) {
        return new Fault(FaultKind.MISSING, "There is no such thing as " + what + ". " + change);
    }

    /** A name of the mapping that the system does not have. */
    public static Fault noField(String name, String of) {
        return new Fault(
                FaultKind.FIELD,
                of + " has no field " + name + ". Correct the name, case included, or leave it out of fields.");
    }

    /** A field that the system wants and the mapping does not give. */
    public static Fault unmapped(String name, String of) {
        return new Fault(FaultKind.FIELD, "The field " + name + " of " + of + " must be filled. Add it to fields.");
    }

    /** A field of the mapping that the system does not let anybody write. */
    public static Fault readOnly(String name, String of) {
        return new Fault(
                FaultKind.FIELD, "The field " + name + " of " + of + " cannot be written. Leave it out of fields.");
    }

    /** @param wanted the type that the system has, in its own word */
    public static Fault type(String name, String of, String wanted) {
        return new Fault(
                FaultKind.TYPE,
                "The field " + name + " of " + of + " is of type " + wanted
                        + ", and the mapping gives another. Set \"as\"" + " of the field, and \"format\" of a time.");
    }

    /** An answer that makes no sense. */
    public static Fault answer(String place, String said) {
        return new Fault(FaultKind.ANSWER, place + " answered " + said);
    }
}
