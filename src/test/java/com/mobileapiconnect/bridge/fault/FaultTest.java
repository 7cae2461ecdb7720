package com.mobileapiconnect.bridge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.RawServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong between the bridge and a system is said in words that name what to change, and no address. */
class FaultTest {

    private static final String PLACE = "erp.example.com:443";
    private static final Certificates CERTIFICATES = new Certificates();

    private static Fault of(Throwable failure) {
        return Fault.of(failure, PLACE).orElseThrow();
    }

    private static void says(Fault fault, FaultKind kind, String part) {
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.words()).contains(PLACE, part);
    }

    @Test
    void aNetworkThatDoesNotAnswerIsKnownByTheInnermostCause() {
        says(of(new UnknownHostException("erp.example.com")), FaultKind.DNS, "spelling");
        says(of(new SocketTimeoutException("Read timed out")), FaultKind.TIMEOUT, "timeout");
        says(of(new SQLException("No connection", "08001", new TimeoutException())), FaultKind.TIMEOUT, "timeout");
        Exception wrapped = new IllegalStateException(new SQLException("x", new ConnectException("10.1.2.3 refused")));
        says(of(wrapped), FaultKind.CONNECT, "port");
        assertThat(of(wrapped).words()).doesNotContain("10.1.2.3");
        assertThat(Fault.of(new IllegalStateException("other"), PLACE)).isEmpty();
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        Exception first = new Exception("a");
        first.initCause(new Exception("b", first));
        assertThat(Fault.of(first, PLACE)).isEmpty();
    }

    @Test
    void aRealPortThatNobodyListensAtIsRefused() throws IOException {
        int free = Ports.free();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), free), 1_000);
        } catch (IOException e) {
            says(of(e), FaultKind.CONNECT, "port");
            return;
        }
        throw new AssertionError("Somebody listens at " + free);
    }

    private static @Nullable Exception handshake(RawServer server, boolean trusting) throws GeneralSecurityException {
        try (SSLSocket socket =
                (SSLSocket) context(trusting).getSocketFactory().createSocket("127.0.0.1", server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(60_000);
            socket.startHandshake();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static SSLContext context(boolean trusting) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        if (!trusting) {
            context.init(null, null, null);
            return context;
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", CERTIFICATES.authority().certificate());
            trusted.init(store);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        context.init(null, trusted.getTrustManagers(), null);
        return context;
    }

    private static void tls(SSLContext server, boolean trusting, String part) throws Exception {
        try (RawServer raw = RawServer.start(server, peer -> peer.request())) {
            Exception failure = handshake(raw, trusting);
            assertThat(failure).isNotNull();
            says(of(failure), FaultKind.TLS, part);
        }
    }

    @Test
    void certificatesThatAreNotGoodSayWhyNot() throws Exception {
        tls(CERTIFICATES.context(CERTIFICATES.server()), false, "does not trust");
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        tls(CERTIFICATES.context(CERTIFICATES.server(yesterday, "127.0.0.1")), true, "not valid at this time");
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        tls(CERTIFICATES.context(CERTIFICATES.server(tomorrow, "other.example.com")), true, "another name");
    }

    @Test
    void aServerThatSpeaksPlainHttpIsNoServerOfTls() throws Exception {
        try (RawServer plain = RawServer.start(
                peer -> peer.send("HTTP/1.1 400 Bad Request\r\n\r\n").hang())) {
            Exception failure = handshake(plain, true);
            assertThat(failure).isNotNull();
            says(of(failure), FaultKind.TLS, "does not speak TLS");
            String attempt = Fault.of(failure, "The receiver").orElseThrow().words();
            says(Fault.of("tls", attempt, PLACE).orElseThrow(), FaultKind.TLS, "does not speak TLS");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "dns, DNS, spelling",
        "refused, REFUSED, allowedNetworks",
        "connect, CONNECT, firewalls",
        "tls, TLS, could not agree",
        "timeout, TIMEOUT, timeout",
        "login, LOGIN, password",
    })
    void theClassOfAnAttemptIsAFaultToo(String errorClass, FaultKind kind, String part) {
        says(Fault.of(errorClass, "it said so", PLACE).orElseThrow(), kind, part);
    }

    @Test
    void aTokenEndpointIsToBlameForAMissingToken() {
        assertThat(Fault.of("token", "invalid_client", PLACE)).get().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(FaultKind.LOGIN);
            assertThat(fault.words()).contains("invalid_client", "clientSecret");
        });
        assertThat(Fault.of("http", "HTTP 500", PLACE)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "401, LOGIN, password",
        "403, PERMISSION, the entity set",
        "404, MISSING, the entity set",
        "307, ANSWER, not followed",
        "500, ANSWER, HTTP 500",
        "429, ANSWER, HTTP 429",
    })
    void aStatusIsAFaultUnlessItIsASuccess(int status, FaultKind kind, String part) {
        says(Fault.ofStatus(status, "the entity set", PLACE).orElseThrow(), kind, part);
        assertThat(Fault.ofStatus(200, "the entity set", PLACE)).isEmpty();
    }
}
