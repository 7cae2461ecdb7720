package com.mobileapiconnect.bridge.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.guard.NetworkGuard.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every kind of address and spelling: what becomes of it in a URL that is set, and of the address when a name leads to
 * it at a connect. The table is written to target/network-guard.md.
 */
class GuardTableTest {

    private static final int OWN_PORT = 8080;
    private static final AllowedNetworks NONE = AllowedNetworks.none();
    private static final AllowedNetworks ALL = AllowedNetworks.of(List.of("0.0.0.0/0", "::/0"));

    private final NetworkGuard guard = new NetworkGuard(
            () -> OWN_PORT,
            new OwnAddresses(() -> Set.of(AddressLiteral.parse("203.0.112.7").orElseThrow()), Clock.systemUTC()));

    /**
     * @param host    as it would be written in a URL
     * @param address what a resolver may make of it; empty: none would, or many differ
     * @param opens   the network that the operator has to allow; empty: nothing opens it
     */
    private record Row(String kind, String host, String address, String opens) {}

    private static final List<Row> REFUSED = List.of(
            new Row("loopback", "127.0.0.1", "127.0.0.1", "127.0.0.0/8"),
            new Row("loopback", "127.255.255.254", "127.255.255.254", "127.0.0.0/8"),
            new Row("loopback", "[::1]", "::1", "::1/128"),
            new Row("loopback by name", "localhost", "127.0.0.1", "127.0.0.0/8"),
            new Row("loopback by name, trailing dot", "localhost.", "127.0.0.1", "127.0.0.0/8"),
            new Row("loopback by name below", "erp.localhost", "127.0.0.1", "127.0.0.0/8"),
            new Row("private", "10.0.0.1", "10.0.0.1", "10.0.0.0/8"),
            new Row("private", "172.31.255.255", "172.31.255.255", "172.16.0.0/12"),
            new Row("private", "192.168.1.1", "192.168.1.1", "192.168.0.0/16"),
            new Row("unique local", "[fd00::1]", "fd00::1", "fc00::/7"),
            new Row("link-local, cloud metadata", "169.254.169.254", "169.254.169.254", "169.254.0.0/16"),
            new Row("link-local", "[fe80::1]", "fe80::1", "fe80::/10"),
            new Row("carrier-grade NAT", "100.64.0.1", "100.64.0.1", "100.64.0.0/10"),
            new Row("unspecified", "0.0.0.0", "0.0.0.0", "0.0.0.0/8"),
            new Row("unspecified", "[::]", "::", "::/128"),
            new Row("multicast", "224.0.0.1", "224.0.0.1", "224.0.0.0/4"),
            new Row("multicast", "[ff02::1]", "ff02::1", "ff00::/8"),
            new Row("broadcast", "255.255.255.255", "255.255.255.255", "255.255.255.255/32"),
            new Row("IPv4-mapped", "[::ffff:10.0.0.1]", "::ffff:10.0.0.1", "10.0.0.0/8"),
            new Row("IPv4-mapped, in hex", "[::ffff:a00:1]", "::ffff:10.0.0.1", "10.0.0.0/8"),
            new Row("IPv4-compatible", "[::10.0.0.1]", "::10.0.0.1", "10.0.0.0/8"),
            new Row("NAT64", "[64:ff9b::10.0.0.1]", "64:ff9b::10.0.0.1", "10.0.0.0/8"),
            new Row("NAT64, local", "[64:ff9b:1::10.0.0.1]", "64:ff9b:1::10.0.0.1", "10.0.0.0/8"),
            new Row("6to4", "[2002:a00:1::]", "2002:a00:1::", "10.0.0.0/8"),
            new Row("Teredo", "[2001:0:808:808::f5ff:fffe]", "2001:0:808:808::f5ff:fffe", ""),
            new Row("decimal", "2130706433", "", ""),
            new Row("octal", "0177.0.0.1", "", ""),
            new Row("hexadecimal", "0x7f000001", "", ""),
            new Row("hexadecimal octet", "127.0.0.0x1", "", ""),
            new Row("short", "127.1", "", ""),
            new Row("leading zero", "127.0.0.01", "", ""),
            new Row("trailing dot", "127.0.0.1.", "", ""),
            new Row("zone", "[fe80::1%25eth0]", "", ""),
            new Row("full-width digits", "\uff11\uff12\uff17.0.0.1", "", ""),
            new Row("ideographic dots", "127\u30020\u30020\u30021", "", ""),
            new Row("percent-encoded", "127%2e0.0.1", "", ""),
            new Row("user before it", "erp.example.com@127.0.0.1", "", ""));

    private static final List<String> OWN = List.of(
            "127.0.0.1:8080",
            "localhost:8080",
            "[::1]:8080",
            "0.0.0.0:8080",
            "[::]:8080",
            "203.0.112.7:8080",
            "[::ffff:127.0.0.1]:8080",
            "[64:ff9b::203.0.112.7]:8080",
            "[2002:cb00:7007::]:8080");

    private static final List<String> PASS = List.of(
            "erp.example.com",
            "erp.example.com.",
            "93.184.216.34",
            "[2606:4700::1111]",
            "xn--bcher-kva.example",
            "www.xn--bcher-kva.example",
            "10.0.0.1.nip.io");

    @Test
    void whatIsRefusedWhenAUrlIsSetIsRefusedAtTheConnectToo() throws IOException {
        StringBuilder table = new StringBuilder(
                "| kind | in a URL | when it is set | at the connect | opened by |\n|---|---|---|---|---|\n");
        for (Row row : REFUSED) {
            Optional<String> set = guard.refuseUrl("http://" + row.host() + "/", NONE);
            assertThat(set).as(row.toString()).isPresent();
            String connect = "never asked";
            if (!row.address().isEmpty()) {
                assertThat(guard.check(address(row), 80, NONE))
                        .as(row.toString())
                        .isInstanceOf(Verdict.Refused.class);
                connect = "refused";
            }
            AllowedNetworks named = row.opens().isEmpty() ? ALL : AllowedNetworks.of(List.of(row.opens()));
            if (!row.opens().isEmpty()) {
                assertThat(guard.refuseUrl("http://" + row.host() + "/", named)).isEmpty();
                assertThat(guard.check(address(row), 80, named)).isInstanceOf(Verdict.Allowed.class);
            } else if (row.address().isEmpty()) {
                assertThat(guard.refuseUrl("http://" + row.host() + "/", ALL))
                        .as(row.toString())
                        .isPresent();
            }
            table.append("| "
                    + String.join(
                            " | ",
                            row.kind(),
                            "`" + row.host() + "`",
                            set.orElseThrow(),
                            connect,
                            row.opens().isEmpty() ? "–" : "`" + row.opens() + "`")
                    + " |\n");
        }
        for (String own : OWN) {
            Optional<String> set = guard.refuseUrl("http://" + own + "/", ALL);
            assertThat(set).hasValueSatisfying(reason -> assertThat(reason).contains("is this bridge itself"));
            table.append("| its own port | `" + own + "` | " + set.orElseThrow() + " | refused | nothing |\n");
        }
        for (String host : PASS) {
            assertThat(guard.refuseUrl("https://" + host + "/", NONE)).as(host).isEmpty();
            table.append("| public, or a name | `" + host + "` | taken | by what it resolves to | – |\n");
        }
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("network-guard.md"), table);
    }

    private static InetAddress address(Row row) {
        return AddressLiteral.parse(row.address()).orElseThrow();
    }
}
