package com.mobileapiconnect.bridge.email;

import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.setting.Authority;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * The operator's mail server. The operator names it and thereby allows it: the network guard, which keeps tenants from
 * choosing where the bridge connects, does not apply.
 *
 * @param tls  whether TLS begins with the first byte ({@code smtps})
 * @param from sender of all mails
 */
record SmtpServer(
        boolean tls,
        String host,
        int port,
        @Nullable String username,
        @Nullable Redacted password,
        StartTls startTls,
        InternetAddress from) {

    private static final int SUBMISSION = 587;
    private static final int SMTPS = 465;

    /** The use of TLS in a connection that begins in clear text. */
    enum StartTls {
        OFF,
        IF_OFFERED,
        REQUIRED
    }

    /**
     * Returns the server, or empty if no URL is set. With credentials TLS is required, except to this machine; without,
     * it is used if the server offers it. {@code ?starttls=required} and {@code ?starttls=off} override this.
     *
     * @throws BadSettingException naming the variable and how to correct it
     */
    static Optional<SmtpServer> of(String smtpUrl, String mailFrom) {
        if (smtpUrl.isBlank()) {
            if (!mailFrom.isBlank()) {
                throw new BadSettingException(
                        "BRIDGE_MAIL_FROM has no effect without BRIDGE_SMTP_URL: give that too, like"
                                + " smtp://user:password@mail.example.com:587, or remove it.");
            }
            return Optional.empty();
        }
        URI url = url(smtpUrl.strip());
        Authority server = Objects.requireNonNull(Authority.of(url));
        boolean tls = "smtps".equalsIgnoreCase(url.getScheme());
        String[] credentials =
                server.login() == null ? new String[0] : server.login().split(":", 2);
        String username = credentials.length > 0 ? decoded(credentials[0]) : null;
        return Optional.of(new SmtpServer(
                tls,
                server.host(),
                server.port() > 0 ? server.port() : tls ? SMTPS : SUBMISSION,
                username,
                credentials.length > 1 ? new Redacted(decoded(credentials[1])) : null,
                startTls(url, username != null && !isThisMachine(server.host())),
                from(mailFrom)));
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme();
            if (("smtp".equalsIgnoreCase(scheme) || "smtps".equalsIgnoreCase(scheme)) && Authority.of(url) != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Reported below, without the text, which may contain a password.
        }
        throw new BadSettingException("BRIDGE_SMTP_URL must be like smtp://user:password@mail.example.com:587 or"
                + " smtps://…; what is not a letter or digit in user and password is percent-encoded");
    }

    private static String decoded(String part) {
        return UriUtils.decode(part, StandardCharsets.UTF_8);
    }

    /** @param exposed whether credentials would go to another machine */
    private static StartTls startTls(URI url, boolean exposed) {
        String query = url.getRawQuery() == null ? "" : url.getRawQuery().toLowerCase(Locale.ROOT);
        return switch (query) {
            case "starttls=off" -> StartTls.OFF;
            case "starttls=required" -> StartTls.REQUIRED;
            case "" -> exposed ? StartTls.REQUIRED : StartTls.IF_OFFERED;
            default ->
                throw new BadSettingException(
                        "BRIDGE_SMTP_URL may end with ?starttls=required or ?starttls=off, nothing else");
        };
    }

    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static InternetAddress from(String text) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(text, true);
            if (addresses.length == 1
                    && !addresses[0].isGroup()
                    && addresses[0].getAddress().indexOf('@') > 0) {
                return addresses[0];
            }
        } catch (AddressException e) {
            // reported below
        }
        throw new BadSettingException("BRIDGE_MAIL_FROM must be given with BRIDGE_SMTP_URL, and be one address,"
                + " like bridge@example.com or ERP Bridge <bridge@example.com>");
    }

    String protocol() {
        return tls ? "smtps" : "smtp";
    }
}
