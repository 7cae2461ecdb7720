package com.mobileapiconnect.bridge.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends what no client should, and holds each answer to this: no fault of the server, nothing of its insides. */
public final class Fuzz {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int MOST_FAULTS = 20;
    private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3}) ?");
    private static final Pattern INSIDES = Pattern.compile(
            "\\bat [\\w.$]+\\([\\w.]*(:\\d+)?\\)|\\w(Exception|Error)\\b|\\.java\\b"
                    + "|\\b(java|javax|jakarta|org|com|net|io)\\.[a-z]+\\.[\\w.]+|\\b[A-Z]\\w+\\.[a-z]\\w*\\(|`|\\bTomcat\\b|\\bSpring\\b");
    private static final Pattern OPERATION =
            Pattern.compile("(?m)^  (/\\S*):$|^    (get|put|post|patch|delete):$|^ +(?:- )?name: (\\w+)$");

    private final InetSocketAddress address;
    private final Map<String, Long> statuses = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    public Fuzz(URI url) {
        this.address = new InetSocketAddress(url.getHost(), url.getPort());
    }

    /** @param contract the OpenAPI document's YAML: whose paths and parameters are tried */
    public static FuzzRequests requests(long seed, String contract, List<String> keys) {
        List<String> operations = new ArrayList<>();
        TreeSet<String> parameters = new TreeSet<>(List.of("limit", "cursor"));
        Matcher line = OPERATION.matcher(contract);
        String path = "/";
        while (line.find()) {
            if (line.group(1) != null) {
                path = line.group(1);
            } else if (line.group(2) != null) {
                operations.add(line.group(2).toUpperCase(Locale.ROOT) + " " + path);
            } else {
                parameters.add(line.group(3));
            }
        }
        return new FuzzRequests(seed, operations, List.copyOf(parameters), keys);
    }

    public void send(FuzzRequests requests, long count) throws IOException {
        for (long i = 0; i < count && faults.size() < MOST_FAULTS; i++) {
            byte[] request = requests.next();
            judge(request, answer(request));
        }
    }

    /** How often each status was answered; {@code none} where the connection was closed instead. */
    public Map<String, Long> statuses() {
        return statuses;
    }

    /** What must not have happened, each with its request; empty when all is well. */
    public List<String> faults() {
        return faults;
    }

    private @Nullable String answer(byte[] request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setSoLinger(true, 0); // so many connections would otherwise use up the ports
            InputStream in = socket.getInputStream();
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException e) {
                // Refused before it was read to its end; there may be an answer all the same.
            }
            return read(in);
        }
    }

    private static @Nullable String read(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[8192];
        try {
            int n;
            while ((n = in.read(buffer)) >= 0) {
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            return null;
        } catch (SocketException e) {
            return answer.toString(); // reset, with or without an answer before
        }
        return answer.toString();
    }

    private void judge(byte[] request, @Nullable String answer) {
        if (answer == null) {
            fault("no answer, no end", request, "");
            return;
        }
        Matcher status = STATUS.matcher(answer);
        boolean any = false;
        while (status.find()) {
            any = true;
            String code = status.group(1);
            statuses.merge(code, 1L, Long::sum);
            boolean documented = code.equals("503") && answer.contains("Retry-After: ");
            // What Tomcat answers to OPTIONS * alone passes no valve: a version or an encoding that it does not know.
            boolean unknown = (code.equals("501") || code.equals("505")) && startsWith(request, "OPTIONS *");
            if (code.startsWith("5") && !documented && !unknown) {
                fault("status " + code, request, answer);
            }
        }
        if (!any) {
            statuses.merge("none", 1L, Long::sum);
        }
        Matcher inside = INSIDES.matcher(answer);
        // The document's prose and the operator's metrics (names of classes of the runtime) are meant to be read.
        boolean meant = answer.contains("\"openapi\":")
                || answer.contains("\"$schema\":")
                || answer.contains("\n# HELP ")
                || answer.contains("proto=io.prometheus.client.MetricFamily"); // the name of a content type
        if (!meant && inside.find()) {
            fault("the answer shows " + inside.group(), request, answer);
        }
    }

    private static boolean startsWith(byte[] request, String text) {
        return new String(request, 0, Math.min(request.length, text.length()), StandardCharsets.ISO_8859_1)
                .equals(text);
    }

    private void fault(String what, byte[] request, String answer) {
        faults.add(what + "\n  request: " + brief(new String(request, StandardCharsets.ISO_8859_1)) + "\n  answer: "
                + brief(answer));
    }

    private static String brief(String text) {
        String shown = text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
        return shown.length() > 900 ? shown.substring(0, 900) + "…" : shown;
    }
}
