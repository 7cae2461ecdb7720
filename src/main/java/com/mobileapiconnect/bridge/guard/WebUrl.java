package com.mobileapiconnect.bridge.guard;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL as every parser understands it, or the reason why it is unusable. Apache HttpClient 5 takes host and port from
 * {@link URI#getHost()} and {@link URI#getPort()}, or from the authority where the host has an underscore and is none to
 * {@link URI}, and passes that very text to its resolver (punycode decoded). A URL is therefore usable only if its
 * authority is nothing but these two, and if the host cannot be a number to one resolver and a name to another.
 */
sealed interface WebUrl {

    /**
     * The destination of a call.
     *
     * @param host      as written, an IPv6 address in its brackets
     * @param port      the scheme's if none is written
     * @param addresses the addresses of the host that are known without a name server; empty for most names
     */
    record Usable(String host, int port, List<InetAddress> addresses) implements WebUrl {}

    record Unusable(String reason) implements WebUrl {}

    int MAX_LENGTH = 2048;
    /** Stands for an underscore when {@link URI} judges the rest of a host. */
    char LETTER = 'a';

    List<InetAddress> LOOPBACK = List.of(
            AddressLiteral.parse("127.0.0.1").orElseThrow(),
            AddressLiteral.parse("::1").orElseThrow());

    /** The host, followed by the port, if any. */
    Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(.*)");

    Pattern PORT = Pattern.compile("|:([1-9][0-9]{0,4})");
    Pattern TOO_LONG = Pattern.compile(".*[^.]{64}|.{255}|.{253}[^.]");

    /** The WHATWG URL standard's "ends in a number": its parsers then take the whole host for an IPv4 address. */
    Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    static WebUrl read(String url) {
        if (url.length() > MAX_LENGTH) {
            return new Unusable("must have at most " + MAX_LENGTH + " characters; it has " + url.length());
        }
        if (url.chars().anyMatch(c -> c > 0x7f)) {
            return new Unusable("must be plain ASCII: write the host name in punycode (xn--…) and percent-encode other"
                    + " characters (é is %C3%A9)");
        }
        if (url.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            return new Unusable("must not contain spaces or control characters; write a space as %20");
        }
        try {
            return read(new URI(url));
        } catch (URISyntaxException e) {
            return new Unusable("must be a URL such as https://erp.example.com/sms: "
                    + e.getReason().toLowerCase(Locale.ROOT)
                    + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1)));
        }
    }

    private static WebUrl read(URI uri) {
        String scheme = uri.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            return new Unusable("must begin with https:// or http://");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            return new Unusable("must name a host after " + scheme + "://, as in https://erp.example.com/sms");
        }
        if (authority.indexOf('@') >= 0) {
            return new Unusable("must not contain a user name or password (the part before an @)");
        }
        if (uri.getRawFragment() != null) {
            return new Unusable(
                    "must not contain a fragment (# and the rest): fragments are never sent; write %23 for a #");
        }
        Matcher parts = HOST.matcher(authority);
        Matcher port = PORT.matcher(parts.matches() ? parts.group(2) : ":");
        if (!port.matches() || (port.group(1) != null && Integer.parseInt(port.group(1)) > 65535)) {
            return new Unusable("must have a port from 1 to 65535 after the host's colon, or no colon");
        }
        int number =
                port.group(1) != null ? Integer.parseInt(port.group(1)) : "https".equalsIgnoreCase(scheme) ? 443 : 80;
        String host = parts.group(1);
        Optional<String> wrong = wrongHost(host);
        if (wrong.isPresent()) {
            return new Unusable(wrong.get());
        }
        // the parser that the client uses has the last word
        URI read = host.indexOf('_') < 0 ? uri : URI.create(scheme + "://" + authority.replace('_', LETTER));
        if (!host.replace('_', LETTER).equals(read.getHost()) || (read.getPort() != -1 && read.getPort() != number)) {
            return new Unusable(
                    "must name a valid host: letters, digits, hyphens, underscores and dots, the last part beginning with a"
                            + " letter");
        }
        return new Usable(host, number, addresses(host));
    }

    private static Optional<String> wrongHost(String host) {
        if (host.isEmpty()) {
            return Optional.of("must name a host, as in https://erp.example.com/sms");
        }
        if (host.startsWith("[")) {
            if (host.indexOf('%') >= 0) {
                return Optional.of("must not contain an IPv6 zone (the part after % in the brackets)");
            }
            return literal(host).isPresent()
                    ? Optional.empty()
                    : Optional.of("must have a complete IPv6 address in the brackets, as in http://[2001:db8::1]/");
        }
        if (NUMERIC.matcher(host).matches() && literal(host).isEmpty()) {
            return Optional.of(
                    "must write an IPv4 address as four decimal numbers from 0 to 255 without leading zeros, as"
                            + " in 192.0.2.1: programs disagree on what " + host + " is");
        }
        if (TOO_LONG.matcher(host).lookingAt()) {
            return Optional.of("must name a host of at most 253 characters, at most 63 between two dots (RFC 1035)");
        }
        return Optional.empty();
    }

    private static List<InetAddress> addresses(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.equals("localhost") || name.endsWith(".localhost")) { // RFC 6761, 6.3
            return LOOPBACK;
        }
        return literal(host).map(List::of).orElse(List.of());
    }

    private static Optional<InetAddress> literal(String host) {
        return AddressLiteral.parse(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .filter(address -> host.startsWith("[") == (address.getAddress().length == 16));
    }
}
