import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook receiver for ERP Bridge: verify the bytes, do the work once, answer 200. */
public class Receiver {

    private static final int MAX_BODY = 1024 * 1024;
    private static final int MAX_SEEN = 10_000;
    private static final String OK = "{\"ok\":true}";

    private final PrintStream out;
    private final SecretKeySpec key;

    /**
     * Delivery ids already worked on, oldest first. They are gone after a restart: in production, insert
     * the id into a table with a unique key, in the same transaction as the work itself. The table then
     * also does what {@code synchronized} does here: keep two attempts of one delivery apart.
     */
    private final Map<String, Boolean> seen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_SEEN;
        }
    };

    private Receiver(String secret, PrintStream out) {
        this.key = new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"); // the whole secret, with its "whsec_"
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        String secret = System.getenv("SECRET");
        if (secret == null || secret.isEmpty()) {
            System.err.println("SECRET is missing. Start with: SECRET=whsec_... java Receiver.java");
            System.exit(1);
        }
        // Without the first, each answer waits for an ACK between its headers and its body. The second
        // (seconds) is long, so that we do not hang up just as the next message is sent.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "75");

        // UTF-8 in any locale: on Java 17 System.out still follows the platform.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9000"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", new Receiver(secret, out)::receive);
        // The default executor is the accepting thread itself, and one slow client would stop it.
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.start();
        out.println("listening on http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                answer(exchange, 413, error("body over 1 MiB"));
            } else if (!isSigned(exchange.getRequestHeaders(), body)) {
                answer(exchange, 401, error("bad signature"));
            } else {
                accept(exchange, body);
            }
        }
    }

    private void accept(HttpExchange exchange, byte[] body) throws IOException {
        String delivery = exchange.getRequestHeaders().getFirst("X-MAC-Delivery");
        if (delivery == null) {
            answer(exchange, 400, error("X-MAC-Delivery is missing"));
            return;
        }
        try {
            handleOnce(delivery, body);
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            answer(exchange, 500, error("not processed"));
            return;
        }
        answer(exchange, 200, OK); // also for a repeat: it has arrived
    }

    private synchronized void handleOnce(String delivery, byte[] body) {
        if (seen.containsKey(delivery)) {
            return;
        }
        handle(delivery, body);
        seen.put(delivery, true); // only now: a failure above must stay open for the retry
    }

    /**
     * Replace this with your work: parse the body with the JSON library you already have (and answer 400
     * when it is broken). If it throws, the answer is 500 and the bridge tries again.
     */
    private void handle(String delivery, byte[] body) {
        out.println(delivery + " " + new String(body, UTF_8));
    }

    /**
     * While the bridge rotates its secret it signs with the new and the old one. Accepting either header
     * under the one secret we hold means that we can change ours at any moment of the overlap.
     */
    private boolean isSigned(Headers headers, byte[] body) {
        byte[] expected = ("sha256=" + HexFormat.of().formatHex(hmac(body))).getBytes(UTF_8);
        return Stream.of("X-MAC-Signature", "X-MAC-Signature-Previous")
                .map(headers::getFirst)
                .anyMatch(given -> given != null && MessageDigest.isEqual(expected, given.getBytes(UTF_8)));
    }

    private byte[] hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256"); // a Mac is not safe to share between threads
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    private static String error(String what) {
        return "{\"ok\":false,\"error\":\"" + what + "\"}";
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
