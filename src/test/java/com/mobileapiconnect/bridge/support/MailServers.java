package com.mobileapiconnect.bridge.support;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;

/** GreenMail, started with the patience that a machine needs which other builds share; its own ends after two seconds. */
public final class MailServers {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private MailServers() {}

    /** @param port 0 for any that is free */
    public static GreenMail smtp(int port) {
        return start(port, ServerSetup.PROTOCOL_SMTP);
    }

    /** @param protocol as {@link ServerSetup} names it */
    public static GreenMail start(int port, String protocol) {
        ServerSetup setup = new ServerSetup(port, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(PATIENCE.toMillis());
        GreenMail mail = new GreenMail(setup);
        mail.start();
        return mail;
    }
}
