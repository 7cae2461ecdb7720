package com.mobileapiconnect.bridge.door;

import com.mobileapiconnect.bridge.guard.AddressLiteral;
import com.mobileapiconnect.bridge.guard.Cidr;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reverse proxies of which it is believed for whom they speak. */
final class TrustedProxies {

    static final String HEADER = "X-Forwarded-For";

    private final List<Cidr> networks;

    private TrustedProxies(List<Cidr> networks) {
        this.networks = networks;
    }

    static TrustedProxies of(List<String> networks) {
        List<Cidr> read = new ArrayList<>();
        for (String network : networks) {
            try {
                read.add(Cidr.parse(network));
            } catch (IllegalArgumentException e) {
                throw new BadSettingException("BRIDGE_CONNECTION_TRUSTED_PROXIES: " + e.getMessage());
            }
        }
        return new TrustedProxies(List.copyOf(read));
    }

    boolean none() {
        return networks.isEmpty();
    }

    boolean contain(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static String withoutPort(String hop) {
        return hop.replaceFirst("^(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+$", "$1").replaceFirst("^\\[(.*)](:\\d+)?$", "$1");
    }

    /**
     * Returns the address that a trusted proxy was called from: the last one in the header that is not a trusted
     * proxy itself, since callers may write whatever they like before it. Null if the header says nothing useful.
     */
    @Nullable InetAddress client(@Nullable String forwardedFor) {
        if (forwardedFor == null) {
            return null;
        }
        String[] hops = forwardedFor.split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            Optional<InetAddress> hop = AddressLiteral.parse(withoutPort(hops[i].strip()));
            if (hop.isEmpty()) {
                return null;
            }
            if (!contain(hop.get())) {
                return hop.get();
            }
        }
        return null;
    }
}
