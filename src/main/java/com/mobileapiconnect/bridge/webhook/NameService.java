package com.mobileapiconnect.bridge.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name service, which may hang. */
interface NameService {

    InetAddress[] addresses(String host) throws UnknownHostException;
}
