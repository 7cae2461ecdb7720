package com.mobileapiconnect.bridge.fault;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells faults of TLS apart by the words that Java has for them, since most are of one class. */
final class TlsFault {

    private static final String UNTRUSTED = "has a certificate of an authority that the bridge does not trust. Give the"
            + " authority's certificate as http.tls.ca.";
    private static final String EXPIRED =
            "has a certificate that is not valid at this time. Have it renewed, and check the"
                    + " clocks of both machines.";
    private static final String OTHER_NAME =
            "has a certificate of another name. Use the name that the certificate has, or have a name added to it.";
    private static final String NO_TLS = "does not speak TLS at this port. Use http:// or another port.";
    private static final String CLIENT = "did not accept the bridge in the handshake of TLS. If it asks for a client"
            + " certificate, give http.tls.clientCertificate and clientKey; otherwise it may speak only old versions of TLS.";
    private static final String OTHER = "could not agree with the bridge on TLS. Check the port and its certificate.";

    /** Words of Java, in lower case, and their meaning; the first that is found counts. */
    private static final List<Map.Entry<String, String>> SAID = List.of(
            Map.entry("expired", EXPIRED),
            Map.entry("notafter", EXPIRED),
            Map.entry("notbefore", EXPIRED),
            Map.entry("no subject alternative", OTHER_NAME),
            Map.entry("no name matching", OTHER_NAME),
            Map.entry("doesn't match", OTHER_NAME),
            Map.entry("certificate is not one of", OTHER_NAME),
            Map.entry("pkix path", UNTRUSTED),
            Map.entry("certification path", UNTRUSTED),
            Map.entry("unsupported or unrecognized", NO_TLS),
            Map.entry("does not speak tls", NO_TLS),
            Map.entry("plaintext", NO_TLS),
            Map.entry("certificate_required", CLIENT),
            Map.entry("bad_certificate", CLIENT),
            Map.entry("handshake_failure", CLIENT),
            Map.entry("protocol_version", CLIENT),
            Map.entry("terminated the handshake", CLIENT));

    private TlsFault() {}

    /** @param messages Java's words, or those that this method has made of them */
    static String words(List<@Nullable String> messages, String place) {
        String said = messages.stream().filter(Objects::nonNull).collect(Collectors.joining(" "));
        String lower = said.toLowerCase(Locale.ROOT);
        String meaning = SAID.stream()
                .filter(each -> lower.contains(each.getKey()) || said.contains(each.getValue()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHER);
        return place + " " + meaning;
    }
}
