package com.mobileapiconnect.bridge.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedUrlTest {

    private static final AllowedNetworks ALL = AllowedNetworks.of(List.of("0.0.0.0/0", "::/0"));

    private final NetworkGuard guard = new NetworkGuard(() -> 8080, new OwnAddresses(Set::of, Clock.systemUTC()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://erp.example.com/sms",
                "http://erp.example.com",
                "HTTPS://ERP.Example.com:8443/sms?a=b@c&d=%7B%7D",
                "http://erp.example.com.:80/",
                "http://erp.example.com//other.example.com/x",
                "http://erp.example.com?x",
                "http://erp",
                "http://3f2a1b/",
                "http://erp-1.internal:1/",
                "http://erp.example.com:65535/",
                "http://xn--bcher-kva.example/",
                "http://my_erp/",
                "http://my_erp.example.com:8080/",
                "https://erp_1.internal/sms?a=b_c",
                "http://_erp._tcp.example.com/",
                "http://stack_erp-web_1:8069/xmlrpc/2/object",
                "http://10.0.0.1.nip.io/",
                "http://localhost.example.com/",
                "http://93.184.216.34:8080/x",
                "https://[2606:4700::1111]:8443/x",
                "https://[2606:4700:0:0:0:0:0:1111]",
            })
    void aUrlThatMayBeDeliveredToMeansTheSameHostAndPortToTheHttpClient(String url) throws HttpException {
        assertThat(guard.refuseUrl(url, AllowedNetworks.none())).isEmpty();

        WebUrl.Usable usable = (WebUrl.Usable) WebUrl.read(url);
        HttpHost target = RoutingSupport.normalize(
                RoutingSupport.determineHost(new HttpPost(URI.create(url))), DefaultSchemePortResolver.INSTANCE);
        assertThat(target.getAddress()).as("else no resolver would be asked").isNull();
        assertThat(IDN.toASCII(target.getHostName())).isEqualTo(usable.host());
        assertThat(target.getPort()).isEqualTo(usable.port());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | must begin with https:// or http://",
                "erp.example.com/sms | must begin with https:// or http://",
                "/sms | must begin with https:// or http://",
                "//erp.example.com/sms | must begin with https:// or http://",
                "ftp://erp.example.com | must begin with https:// or http://",
                "file:///etc/passwd | must begin with https:// or http://",
                "javascript:alert(1) | must begin with https:// or http://",
                "http:erp.example.com | must name a host",
                "http:/sms | must name a host",
                "http:///sms | must name a host",
                "http://:80/ | must name a host",
                "http:// | expected authority",
                "http://user@erp.example.com/ | must not contain a user name",
                "http://user:secret@erp.example.com/ | must not contain a user name",
                "http://erp.example.com:80@127.0.0.1/ | must not contain a user name",
                "http://erp.example.com/#x | must not contain a fragment",
                "http://erp.example.com/# | must not contain a fragment",
                "http://erp.example.com#@127.0.0.1/ | must not contain a fragment",
                "http://erp.example.com:/ | must have a port",
                "http://erp.example.com:0/ | must have a port",
                "http://erp.example.com:080/ | must have a port",
                "http://erp.example.com:65536/ | must have a port",
                "http://erp.example.com:99999999999/ | must have a port",
                "http://erp.example.com:http/ | must have a port",
                "http://127.0.0.1:80:80/ | must have a port",
                "http://my_erp$/ | must name a valid host",
                "http://my_erp..example.com/ | must name a valid host",
                "http://-my_erp/ | must name a valid host",
                "http://my_erp.1/ | four decimal numbers",
                "http://127.0.0.1_/ | must name a valid host",
                "http://user@my_erp/ | must not contain a user name",
                "http://my_erp:0/ | must have a port",
                "http://-erp.example.com/ | must name a valid host",
                "http://erp..example.com/ | must name a valid host",
                "http://erp.example.com../ | must name a valid host",
                "http://erp%2eexample.com/ | must name a valid host",
                "http://127%2e0.0.1/ | four decimal numbers",
                "http://erp.1example/ | must name a valid host",
                "http://$erp/ | must name a valid host",
                "http://erp;x.example.com/ | must name a valid host",
                "http://[fe80::1%25eth0]/ | must not contain an IPv6 zone",
                "http://[fe80::1%eth0]/ | must not contain an IPv6 zone",
                "http://[::1/ | must be a URL such as",
                "http://[1.2.3.4]/ | must be a URL such as",
                "http://[erp.example.com]/ | must be a URL such as",
                "http://::1/ | must have a port",
                "http://erp.example.com/a b | must not contain spaces",
                "' http://erp.example.com/' | must not contain spaces",
                "http:\\\\erp.example.com | must be a URL such as",
                "http://erp.example.com\\@127.0.0.1/ | must be a URL such as",
                "http://erp.example.com/{{env:HOME}} | must be a URL such as",
                "http://erp.example.com/%zz | must be a URL such as",
                "http://b\u00fccher.example/ | punycode",
                "http://\uff11\uff12\uff17.0.0.1/ | punycode",
                "http://127\u30020\u30020\u30021/ | punycode",
                "http://erp.example.com/\u00e9 | percent-encode",
            })
    void aUrlThatCanNeverBeDeliveredToIsRefusedWhateverIsAllowed(String url, String reason) {
        assertThat(guard.refuseUrl(url, ALL))
                .hasValueSatisfying(text -> assertThat(text).contains(reason).doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\t", "\u0000", "\u007f", "\u0085", "\u2028"})
    void controlCharactersAreRefused(String control) {
        assertThat(guard.refuseUrl("http://erp.example.com/" + control + "x", ALL))
                .isPresent();
    }

    @Test
    void length_ends_at_2048_and_names_at_what_dns_can_carry() {
        String url = "http://erp.example.com/";
        String label = "a".repeat(63);
        String name = label + "." + label + "." + label + "." + "a".repeat(61);

        assertThat(guard.refuseUrl(url + "x".repeat(2048 - url.length()), ALL)).isEmpty();
        assertThat(guard.refuseUrl(url + "x".repeat(2049 - url.length()), ALL))
                .hasValueSatisfying(text -> assertThat(text).contains("2048").contains("2049"));
        assertThat(guard.refuseUrl("http://" + name, ALL)).isEmpty();
        assertThat(guard.refuseUrl("http://" + name + ".", ALL)).isEmpty();
        assertThat(guard.refuseUrl("http://" + name + "a", ALL)).isPresent();
        assertThat(guard.refuseUrl("http://x." + label + "a.example", ALL)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433", "0x7f000001", "0X7F.1", "0x7f.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1",
                "127.0.0.01", "127.0.0.1.", "127.0.0.0x1", "0x", "0", "1.2.3.256", "1.2.3.4.5", "93.184.216.034",
                "2130706433.", "erp.example.0x7f", "erp.127"
            })
    void aNumberThatIsNoDottedQuadIsRefusedAndNotInterpreted(String host) {
        assertThat(guard.refuseUrl("http://" + host + "/", ALL))
                .hasValueSatisfying(text ->
                        assertThat(text).contains("four decimal numbers").contains(host));
        assertThat(guard.refuseUrl("http://" + host + ":81/", ALL)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.0/8, 127.0.0.1 is a loopback address",
        "10.1.2.3:8080, 10.0.0.0/8, 10.1.2.3 is a private address",
        "169.254.169.254, 169.254.0.0/16, 169.254.169.254 is a link-local address",
        "0.0.0.0, 0.0.0.0/8, 0.0.0.0 is an unspecified address",
        "[::1]:81, ::1/128, ::1 is a loopback address",
        "[0:0:0:0:0:0:0:1], ::1/128, ::1 is a loopback address",
        "[FE80::1], fe80::/10, fe80::1 is a link-local address",
        "[::ffff:127.0.0.1], 127.0.0.0/8, ::ffff:7f00:1 carries an IPv4 address: 127.0.0.1 is a loopback address",
        "[::ffff:7f00:1], 127.0.0.0/8, ::ffff:7f00:1 carries an IPv4 address: 127.0.0.1 is a loopback address",
        "[64:ff9b::10.0.0.1], 10.0.0.0/8, 64:ff9b::a00:1 carries an IPv4 address: 10.0.0.1 is a private address",
        "localhost, 127.0.0.0/8, 127.0.0.1 is a loopback address",
        "localhost, ::1/128, 127.0.0.1 is a loopback address",
        "LocalHost.:81, 127.0.0.0/8, 127.0.0.1 is a loopback address",
        "erp.localhost, 127.0.0.0/8, 127.0.0.1 is a loopback address",
    })
    void anAddressIsJudgedWhenTheUrlIsSet(String host, String network, String reason) {
        String url = "http://" + host + "/sms";

        assertThat(guard.refuseUrl(url, AllowedNetworks.none()))
                .hasValueSatisfying(text -> assertThat(text).startsWith(reason).endsWith("allowedNetworks"));
        assertThat(guard.refuseUrl(url, AllowedNetworks.of(List.of(network)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "a.localhost"})
    void theBridgeItselfIsRefusedWhateverIsAllowed(String host) {
        assertThat(guard.refuseUrl("http://" + host + ":8080/v1/inbound", ALL))
                .hasValueSatisfying(text -> assertThat(text).contains("is this bridge itself"));
        assertThat(guard.refuseUrl("http://" + host + ":8081/v1/inbound", ALL)).isEmpty();
    }

    @Test
    void thePortOfTheSchemeCountsWhenNoneIsWritten() {
        NetworkGuard on443 = new NetworkGuard(() -> 443, new OwnAddresses(Set::of, Clock.systemUTC()));

        assertThat(on443.refuseUrl("https://localhost/", ALL)).isPresent();
        assertThat(on443.refuseUrl("http://localhost/", ALL)).isEmpty();
    }
}
