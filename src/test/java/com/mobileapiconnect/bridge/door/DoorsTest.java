package com.mobileapiconnect.bridge.door;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.outgoing.PhonesThatWait;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers without a key who hold on to whatever they get: phones come in all the same, by their own doors. */
class DoorsTest {

    private static final String SMS = "{\"from\":\"1\",\"text\":\"in time\"}";
    private static final String STALLED =
            "POST /v1/inbound HTTP/1.1\r\nHost: bridge\r\nContent-Length: 8000\r\n\r\n" + " ".repeat(100);
    private static final String UNREAD = "GET /v1/openapi.json HTTP/1.1\r\nHost: bridge\r\n\r\n".repeat(40);
    private static final int PER_ADDRESS = 60;
    private static final int ARRIVING = 4; // from one address

    @TempDir
    static Path data;

    static RunningBridge bridge;
    static Api phone;

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(
                data,
                "bridge.connection.most=" + 2 * PER_ADDRESS,
                "bridge.connection.per-address=" + PER_ADDRESS,
                "bridge.connection.arriving=" + 2 * ARRIVING,
                "bridge.connection.turns=16",
                "bridge.connection.patience=PT1S");
        phone = bridge.phone();
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void aPhoneCanSend() {
        phone.post("/v1/inbound", SMS).expect(202);
    }

    @AfterEach
    void leave() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        PhonesThatWait.answerAll(bridge);
    }

    private Socket connect() throws IOException {
        return connect("127.0.0.1");
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(from, 0));
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress("127.0.0.1", bridge.port()));
        return socket;
    }

    private Socket send(String request) throws IOException {
        Socket socket = connect();
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private List<Socket> send(int times, String request) throws IOException {
        List<Socket> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(send(request));
        }
        return all;
    }

    /** What it was answered until it was closed; empty while it is open and was answered nothing. */
    private static Optional<String> end(Socket socket) throws IOException {
        socket.setSoTimeout(20);
        StringBuilder answer = new StringBuilder();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                answer.append((char) b);
            }
            return Optional.of(answer.toString());
        } catch (SocketTimeoutException e) {
            return answer.isEmpty() ? Optional.empty() : Optional.of(answer.toString());
        } catch (SocketException e) {
            return Optional.of(answer.toString()); // reset
        }
    }

    private static int open(List<Socket> sockets) throws IOException {
        int open = 0;
        for (Socket socket : sockets) {
            open += end(socket).isEmpty() ? 1 : 0;
        }
        return open;
    }

    private static void phonesAreAnsweredInTime() {
        for (int i = 0; i < 20; i++) {
            long begun = System.nanoTime();
            phone.post("/v1/inbound", SMS).expect(202);
            phone.get("/v1/outbox").expect(200);
            phone.as(null).get("/actuator/health").expect(200);
            // Less than what a phone waits for; without a door of their own phones would not be answered at all.
            assertThat((System.nanoTime() - begun) / 1e9).isLessThan(60);
        }
    }

    @Test
    void bodiesThatNeverComeMakeRoomForNewOnes() throws Exception {
        List<Socket> stalled = send(5 * ARRIVING, STALLED);
        eventually(() -> assertThat(stalled).anySatisfy(one -> assertThat(end(one))
                .hasValueSatisfying(answer -> assertThat(answer).startsWith("HTTP/1.1 503"))));
        eventually(() -> assertThat(open(stalled)).isLessThanOrEqualTo(ARRIVING));
        phonesAreAnsweredInTime();
    }

    @Test
    void headsThatNeverEndMakeRoomForNewOnesAndHaveAnEnd() throws Exception {
        List<Socket> stalled = send(5 * ARRIVING, "POST /v1/inbound HTTP/1.1\r\nHost: bri");
        eventually(() -> assertThat(open(stalled)).isLessThanOrEqualTo(ARRIVING));
        Socket last = stalled.get(stalled.size() - 1);
        eventually(() -> {
            last.getOutputStream().write('x'); // drips
            assertThat(end(last)).isPresent();
        });
        phonesAreAnsweredInTime();
    }

    @Test
    void aBodyThatComesInPiecesGetsInAmongThem() throws Exception {
        send(5 * ARRIVING, STALLED);
        Socket late =
                send("GET /v1/devices HTTP/1.1\r\nHost: bridge\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{");
        late.getOutputStream().write('}');
        assertThat(new String(late.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void answersThatNobodyReadsKeepNoPhoneWaitingAndHaveAnEnd() throws Exception {
        List<Socket> unread = send(PER_ADDRESS - 10, UNREAD);
        phonesAreAnsweredInTime();
        bridge.nobody().get("/v1/openapi.json").expect(200);
        eventually(() -> {
            assertThat(unread.stream().filter(DoorsTest::isReset).count()).isEqualTo(unread.size());
        });
    }

    /** Writing is how a caller who does not read finds out. */
    private static boolean isReset(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void refusalsThatNobodyReadsKeepNoPhoneWaiting() throws Exception {
        String unread = "POST /v1/inbound HTTP/1.1\r\nHost: bridge\r\nContent-Length: 0\r\n\r\n".repeat(3000);
        for (int i = 0; i < 8; i++) {
            Socket socket = connect();
            Thread sends = new Thread(() -> {
                try {
                    socket.getOutputStream().write(unread.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // cut off, as it should be
                }
            });
            sends.setDaemon(true);
            sends.start();
        }
        phonesAreAnsweredInTime();
    }

    @Test
    void requestsInARowHaveAnEnd() throws Exception {
        Socket socket = send("GET /v1/devices HTTP/1.1\r\nHost: bridge\r\n\r\n".repeat(200));
        String answers = new String(socket.getInputStream().readNBytes(1 << 20), StandardCharsets.US_ASCII);
        assertThat(answers.split("HTTP/1.1 401", -1)).hasSize(1 + 50);
        assertThat(answers).contains("Connection: close");
    }

    @Test
    void whatFollowsAPhonesRequestInARowTakesNoPhonesTurn() throws Exception {
        Socket socket = send("POST /v1/inbound HTTP/1.1\r\nHost: bridge\r\nContent-Length: 0\r\n\r\n"
                + "GET /v1/devices HTTP/1.1\r\nHost: bridge\r\nConnection: close\r\n\r\n");
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .containsPattern("(?s)HTTP/1.1 401.*HTTP/1.1 (401|503)"); // where others have threads of their own
        phonesAreAnsweredInTime();
    }

    @Test
    void idleConnectionsMakeRoomForNewOnesTheLongestIdleFirst() throws Exception {
        List<Socket> idle = new ArrayList<>(List.of(connect()));
        phonesAreAnsweredInTime(); // so that the first is idle for longer than the others
        for (int i = 1; i < PER_ADDRESS + 5; i++) {
            idle.add(connect());
        }
        eventually(() -> assertThat(end(idle.get(0))).isPresent());
        assertThat(end(idle.get(idle.size() - 1))).isEmpty();
        phonesAreAnsweredInTime();
    }

    /** As many phones as one address may have connections, each of which waits for something to send. */
    private void everyConnectionOfOneAddressIsInUse(String address) throws Exception {
        List<Api> phones = new ArrayList<>();
        for (int i = 0; i < PER_ADDRESS; i++) {
            phones.add(bridge.phone());
        }
        for (Api waits : phones) {
            connect(address)
                    .getOutputStream()
                    .write(("GET /v1/outbox?wait=60 HTTP/1.1\r\nHost: bridge\r\nAuthorization: "
                                    + waits.request("/")
                                            .build()
                                            .headers()
                                            .firstValue("Authorization")
                                            .orElseThrow() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void whenEveryConnectionIsInUseANewOneIsAnswered503() throws Exception {
        everyConnectionOfOneAddressIsInUse("127.0.0.1");
        eventually(() -> assertThat(end(send("")))
                .hasValueSatisfying(answer -> assertThat(answer).startsWith("HTTP/1.1 503")));
    }

    @Test
    void whenThereIsNoRoomAtAllIdleConnectionsOfAnyAddressMakeSome() throws Exception {
        everyConnectionOfOneAddressIsInUse("127.0.0.2");
        eventually(() -> assertThat(PhonesThatWait.count(bridge)).isEqualTo(PER_ADDRESS));
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < PER_ADDRESS; i++) {
            idle.add(connect(i % 2 == 0 ? "127.0.0.3" : "127.0.0.4"));
        }
        Socket newcomer = send("GET /v1/devices HTTP/1.1\r\nHost: bridge\r\nConnection: close\r\n\r\n");
        assertThat(new String(newcomer.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 401");
        phonesAreAnsweredInTime();
        assertThat(open(idle)).as("and no more are closed than are needed").isGreaterThan(PER_ADDRESS / 2);
    }
}
