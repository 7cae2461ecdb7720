import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for any number of phones, as they are: they capture SMS in many scripts, are offline for a while and bring a
 * backlog, repeat what they got no answer to, have two SIMs and clocks that go wrong, and send the replies that they fetch.
 * At the end it asks the bridge whether everything that it acknowledged is there as it was sent, and exits 1 if not.
 *
 * <pre>API_KEY=sk_live_… java PhoneSimulator.java --phones 5</pre>
 */
public class PhoneSimulator {

    private static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    private static final int LARGEST_BACKLOG = 500;
    private static final int LARGEST_QUESTION = 5_000;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    private static final String[] TEXTS = {
        "balance",
        "Where is my order INV-2041? Ordered on 3 June, nothing came.",
        "Your table for 4 at 19:30 is confirmed, thanks 👍",
        "नमस्ते, मेरा बिल कब आएगा? बकाया ₹१,२५० है",
        "வணக்கம், என் ஆர்டர் எங்கே?",
        "مرحبا، متى يصل الطلب رقم ١٢٣؟",
        "שלום, מתי תגיע ההזמנה?",
        "您好，我的订单什么时候到？",
        "こんにちは、注文はいつ届きますか？",
        "안녕하세요, 주문은 언제 도착하나요?",
        "สวัสดีค่ะ สินค้าจะมาถึงเมื่อไหร่",
        "Здравствуйте, где мой заказ?",
        "Γεια σας, πού είναι η παραγγελία μου;",
        "Größe paßt nicht – bitte tauschen: „L“ statt „M“",
        "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 \u200Bend",
        "{{from}} ${body} \"quoted\" \\ 'it''s' <b>&amp;</b>\nsecond line\ttab",
        "A long one, which a phone sends in parts: " + "the delivery was left at the neighbour's door. ".repeat(12),
    };

    private static final Duration[] SKEWS = {
        Duration.ZERO, Duration.ofSeconds(-90), Duration.ofHours(3), Duration.ofDays(-2), Duration.ofMinutes(7)
    };

    private final Options options;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    /** Texts by the ids of the messages that the bridge has acknowledged. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private final Counts counts = new Counts();
    private volatile boolean ended;

    /** Counts of what happened, over all phones. */
    private static final class Counts {
        private final AtomicInteger captured = new AtomicInteger();
        private final AtomicInteger backlogs = new AtomicInteger();
        private final AtomicInteger largest = new AtomicInteger();
        private final AtomicInteger repeats = new AtomicInteger();
        private final AtomicInteger otherIds = new AtomicInteger();
        private final AtomicInteger turnedAway = new AtomicInteger();
        private final AtomicInteger replies = new AtomicInteger();
    }

    PhoneSimulator(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new PhoneSimulator(options).run() ? 0 : 1);
    }

    /** Returns whether nothing that was acknowledged is missing. */
    private boolean run() throws Exception {
        List<Phone> phones = new ArrayList<>();
        for (int i = 0; i < options.phones(); i++) {
            phones.add(pair(i));
        }
        OUT.printf("%d phones are paired; %d SMS each%n", phones.size(), options.messages());
        long begun = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (Phone phone : phones) {
            threads.add(start("phone " + phone.number, phone::capture));
            start("outbox of phone " + phone.number, phone::fetchReplies);
        }
        Thread progress = start("progress", this::progress);
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Thread.sleep(options.repliesSeconds() * 1_000L);
        ended = true;
        progress.interrupt();
        return report(phones, seconds);
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void progress() {
        try {
            while (!ended) {
                Thread.sleep(2_000);
                OUT.printf("%d captured, %d acknowledged%n", counts.captured.get(), acknowledged.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean report(List<Phone> phones, double seconds) throws Exception {
        OUT.printf(
                "%d SMS captured, %d acknowledged in %.1f s (%.0f a second)%n",
                counts.captured.get(), acknowledged.size(), seconds, acknowledged.size() / seconds);
        OUT.printf(
                "%d backlogs, the largest of %d; %d repeats, %d of them under another id; %d times turned away or unanswered;"
                        + " %d replies sent%n",
                counts.backlogs.get(),
                counts.largest.get(),
                counts.repeats.get(),
                counts.otherIds.get(),
                counts.turnedAway.get(),
                counts.replies.get());
        int missing = 0;
        for (Phone phone : phones) {
            missing += phone.missing();
        }
        Map<String, String> unseen = new HashMap<>(acknowledged);
        int changed = changed(unseen);
        OUT.printf(
                "missing by the phones' own lists: %d; acknowledged and not listed: %d; texts changed: %d%n",
                missing, unseen.size(), changed);
        boolean good = missing == 0 && unseen.isEmpty() && changed == 0 && counts.otherIds.get() == 0
                && acknowledged.size() == counts.captured.get();
        OUT.println(good ? "Nothing is missing." : "SOMETHING IS WRONG.");
        return good;
    }

    /** Goes through the tenant's list, newest first, until all have been seen; returns how many texts are not as sent. */
    private int changed(Map<String, String> unseen) throws Exception {
        int changed = 0;
        String cursor = "";
        while (!unseen.isEmpty() && cursor != null) {
            Answer page = call(options.key(), "GET", "/v1/messages?limit=500" + cursor, null);
            page.expect(OK);
            for (Object each : Json.list(page.json().get("data"))) {
                Map<String, Object> message = Json.object(each);
                String sent = unseen.remove(String.valueOf(message.get("id")));
                if (sent != null && !sent.equals(message.get("text"))) {
                    changed++;
                }
            }
            Object next = page.json().get("next");
            cursor = next == null ? null : "&cursor=" + next;
        }
        return changed;
    }

    private Phone pair(int number) throws Exception {
        boolean dual = number % 2 == 1;
        String own = "9112345%05d".formatted(number);
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("name", "Simulated phone " + number);
        device.put("number", own);
        if (dual) {
            device.put("sims", Map.of("1", own, "2", "9112346%05d".formatted(number)));
        }
        Answer paired = call(options.key(), "POST", "/v1/devices", Json.write(device));
        paired.expect(CREATED);
        return new Phone(number, String.valueOf(paired.json().get("token")), dual);
    }

    private Answer call(String key, String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(options.url() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, UTF_8));
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        int retryAfter = response.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(1);
        return new Answer(method + " " + path, response.statusCode(), response.body(), retryAfter);
    }

    /** An answer of the bridge. */
    private record Answer(String call, int status, String body, int retryAfterSeconds) {

        void expect(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException(call + " was answered " + status + ": " + body);
            }
        }

        Map<String, Object> json() {
            return Json.object(Json.read(body));
        }
    }

    /** A paired phone. What it captured stays with it until it is acknowledged. */
    private final class Phone {

        private final int number;
        private final String token;
        private final boolean dual;
        private final Random random;
        private final Duration skew;
        private final Deque<Map<String, Object>> pending = new ArrayDeque<>();
        private final List<String> ids = new ArrayList<>();

        Phone(int number, String token, boolean dual) {
            this.number = number;
            this.token = token;
            this.dual = dual;
            this.random = new Random(options.seed() + number);
            this.skew = SKEWS[number % SKEWS.length];
        }

        void capture() {
            try {
                long offlineUntil = 0;
                for (int n = 1; n <= options.messages(); n++) {
                    pending.add(sms(n));
                    counts.captured.incrementAndGet();
                    Thread.sleep(Math.round(1_000 / options.rate() * (0.5 + random.nextDouble())));
                    if (random.nextInt(100) < options.offline()) {
                        offlineUntil = System.currentTimeMillis() + Math.round(options.spellSeconds() * 1_000);
                    }
                    if (System.currentTimeMillis() >= offlineUntil) {
                        send();
                    }
                }
                while (!pending.isEmpty()) {
                    send();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Map<String, Object> sms(int n) {
            String id = Integer.toString(n);
            ids.add(id);
            Map<String, Object> sms = new LinkedHashMap<>();
            sms.put("id", id);
            sms.put("from", "9198765%05d".formatted(random.nextInt(50)));
            sms.put("text", TEXTS[random.nextInt(TEXTS.length)] + " #" + number + "-" + n);
            sms.put("receivedAt", Instant.now().plus(skew).truncatedTo(ChronoUnit.MILLIS).toString());
            if (dual) {
                sms.put("sim", 1 + random.nextInt(2));
            }
            return sms;
        }

        /** Hands over what waits, as one or as a backlog; it stays if there is no 202. */
        private void send() throws InterruptedException {
            List<Map<String, Object>> batch = pending.stream().limit(LARGEST_BACKLOG).toList();
            if (batch.isEmpty()) {
                return;
            } else if (batch.size() > 1) {
                counts.backlogs.incrementAndGet();
                counts.largest.accumulateAndGet(batch.size(), Math::max);
            }
            List<String> first = post(batch);
            if (first == null) {
                return;
            }
            if (random.nextInt(100) < options.repeats()) { // the answer was lost on its way, so it is sent again
                List<String> again = null;
                while (again == null) {
                    again = post(batch);
                }
                counts.repeats.incrementAndGet();
                if (!again.equals(first)) {
                    counts.otherIds.incrementAndGet();
                }
            }
            for (int i = 0; i < batch.size(); i++) {
                acknowledged.put(first.get(i), String.valueOf(batch.get(i).get("text")));
                pending.remove();
            }
        }

        /** Returns the ids that the bridge gave; null if it did not acknowledge. */
        private List<String> post(List<Map<String, Object>> batch) throws InterruptedException {
            Object body = batch.size() == 1 ? batch.get(0) : Map.of("messages", batch);
            try {
                Answer answer = call(token, "POST", "/v1/inbound", Json.write(body));
                if (answer.status() == ACCEPTED) {
                    return Json.list(answer.json().get("messages")).stream()
                            .map(each -> String.valueOf(Json.object(each).get("id")))
                            .toList();
                }
                if (answer.status() < 500 && answer.status() != 429) {
                    answer.expect(ACCEPTED); // never to be taken: this is a mistake of the simulator
                }
                counts.turnedAway.incrementAndGet();
                Thread.sleep(answer.retryAfterSeconds() * 1_000L);
            } catch (IOException unreachable) {
                counts.turnedAway.incrementAndGet();
                Thread.sleep(1_000);
            }
            return null;
        }

        /** Fetches replies over the long poll and sends them; one in twenty cannot be sent. */
        void fetchReplies() {
            try {
                while (!ended) {
                    try {
                        Answer fetched = call(token, "GET", "/v1/outbox?wait=25", null);
                        if (fetched.status() != OK) {
                            Thread.sleep(fetched.retryAfterSeconds() * 1_000L);
                            continue;
                        }
                        for (Object each : Json.list(fetched.json().get("messages"))) {
                            report(String.valueOf(Json.object(each).get("id")));
                        }
                    } catch (IOException unreachable) {
                        Thread.sleep(1_000);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void report(String id) throws IOException, InterruptedException {
            boolean sent = id.hashCode() % 20 != 0;
            String report = sent ? "{\"status\":\"sent\"}" : "{\"status\":\"failed\",\"error\":\"no network\"}";
            call(token, "POST", "/v1/outbox/" + id, report);
            if (sent) {
                counts.replies.incrementAndGet();
                call(token, "POST", "/v1/outbox/" + id, "{\"status\":\"delivered\"}");
            }
        }

        /** Returns how many of its captures the bridge does not have. */
        int missing() throws Exception {
            int missing = 0;
            for (int from = 0; from < ids.size(); from += LARGEST_QUESTION) {
                List<String> some = ids.subList(from, Math.min(ids.size(), from + LARGEST_QUESTION));
                Answer answer;
                do {
                    answer = call(token, "POST", "/v1/inbound/reconcile", Json.write(Map.of("ids", some)));
                    if (answer.status() == 503 || answer.status() == 429) {
                        Thread.sleep(answer.retryAfterSeconds() * 1_000L);
                    }
                } while (answer.status() == 503 || answer.status() == 429);
                answer.expect(OK);
                missing += Json.list(answer.json().get("missing")).size();
            }
            return missing;
        }
    }

    /**
     * What the command says.
     *
     * @param rate           SMS of a phone in a second
     * @param offline        chance in a hundred, after each SMS, that the phone loses its network
     * @param spellSeconds   how long it is without
     * @param repeats        chance in a hundred that an answer is lost, and the same is sent again
     * @param repliesSeconds how long replies are waited for after the last SMS
     */
    private record Options(
            String url,
            String key,
            int phones,
            int messages,
            double rate,
            int offline,
            double spellSeconds,
            int repeats,
            int repliesSeconds,
            long seed) {

        private static final String USAGE = """
                API_KEY=sk_live_… java PhoneSimulator.java [--url http://localhost:8080] [--key sk_live_…] [--phones 5]
                  [--messages 50] [--rate 2] [--offline 5] [--spell 5] [--repeats 5] [--replies 3] [--seed 1]""";

        static Options of(String[] arguments) {
            Map<String, String> given = new HashMap<>();
            for (int i = 0; i < arguments.length; i += 2) {
                if (!USAGE.contains(arguments[i] + " ") || i + 1 == arguments.length) {
                    throw new IllegalArgumentException("There is no option " + arguments[i] + " with a value.");
                }
                given.put(arguments[i].substring(2), arguments[i + 1]);
            }
            String key = given.getOrDefault("key", System.getenv().getOrDefault("API_KEY", ""));
            if (key.isEmpty()) {
                throw new IllegalArgumentException("Give a tenant's API key: --key, or API_KEY in the environment.");
            }
            return new Options(
                    given.getOrDefault("url", System.getenv().getOrDefault("BRIDGE", "http://localhost:8080")),
                    key,
                    Integer.parseInt(given.getOrDefault("phones", "5")),
                    Integer.parseInt(given.getOrDefault("messages", "50")),
                    Double.parseDouble(given.getOrDefault("rate", "2")),
                    Integer.parseInt(given.getOrDefault("offline", "5")),
                    Double.parseDouble(given.getOrDefault("spell", "5")),
                    Integer.parseInt(given.getOrDefault("repeats", "5")),
                    Integer.parseInt(given.getOrDefault("replies", "3")),
                    Long.parseLong(given.getOrDefault("seed", "1")));
        }
    }

    /** As much of JSON as the bridge's answers need: Java has no parser of its own. */
    private static final class Json {

        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        static Object read(String text) {
            return new Json(text).value();
        }

        @SuppressWarnings("unchecked")
        static Map<String, Object> object(Object value) {
            return (Map<String, Object>) value;
        }

        static List<?> list(Object value) {
            return (List<?>) value;
        }

        private Object value() {
            char first = peek();
            if (first == '{') {
                Map<String, Object> object = new LinkedHashMap<>();
                for (at++; peek() != '}'; skip(',')) {
                    String name = string();
                    skip(':');
                    object.put(name, value());
                }
                at++;
                return object;
            } else if (first == '[') {
                List<Object> list = new ArrayList<>();
                for (at++; peek() != ']'; skip(',')) {
                    list.add(value());
                }
                at++;
                return list;
            } else if (first == '"') {
                return string();
            }
            int from = at;
            while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(from, at);
            return switch (word) {
                case "null" -> null;
                case "true", "false" -> Boolean.valueOf(word);
                default -> Double.valueOf(word);
            };
        }

        private String string() {
            peek();
            StringBuilder string = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c != '\\') {
                    string.append(c);
                    continue;
                }
                c = text.charAt(++at);
                switch (c) {
                    case 'n' -> string.append('\n');
                    case 't' -> string.append('\t');
                    case 'r' -> string.append('\r');
                    case 'b' -> string.append('\b');
                    case 'f' -> string.append('\f');
                    case 'u' -> {
                        string.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                        at += 4;
                    }
                    default -> string.append(c);
                }
            }
            at++;
            return string.toString();
        }

        private char peek() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.charAt(at);
        }

        private void skip(char between) {
            if (peek() == between) {
                at++;
            }
        }

        static String write(Object value) {
            StringBuilder json = new StringBuilder();
            write(value, json);
            return json.toString();
        }

        private static void write(Object value, StringBuilder json) {
            if (value instanceof Map<?, ?> object) {
                String comma = "{";
                for (Map.Entry<?, ?> each : object.entrySet()) {
                    json.append(comma);
                    write(each.getKey(), json);
                    json.append(':');
                    write(each.getValue(), json);
                    comma = ",";
                }
                json.append('}');
            } else if (value instanceof List<?> list) {
                String comma = "[";
                for (Object each : list) {
                    json.append(comma);
                    write(each, json);
                    comma = ",";
                }
                json.append(']');
            } else if (value instanceof String string) {
                json.append('"');
                string.chars().forEach(c -> json.append(
                        c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted(c) : String.valueOf((char) c)));
                json.append('"');
            } else {
                json.append(value);
            }
        }
    }
}
