package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.SharedSqliteSuite;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The phone's page is a few small files at exact paths, and asks nobody else for anything. */
class PhonePageTest extends SharedSqliteSuite {

    private static final Path SOURCE = Path.of("src/main/resources/portal/phone");
    private static final int LARGEST_ALL_PACKED = 30_000;

    static Stream<String> paths() throws IOException {
        try (Stream<Path> files = Files.list(SOURCE)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .map(name -> name.equals("phone.html") ? "/phone" : "/phone/" + name)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyFileIsServedWithoutAKeyUnderAStrictPolicyAndOnceToWhoKeepsIt(String path) {
        Api.Reply file = bridge.nobody().get(path).expect(200);

        assertThat(file.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "data:");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(file.header("Cache-Control")).isEqualTo("no-cache");
        HttpRequest.Builder again = bridge.nobody().request(path).header("If-None-Match", file.header("ETag"));
        assertThat(bridge.nobody().send(again.GET()).expect(304).text()).isEmpty();
    }

    @Test
    void theWholePageIsSmall() throws Exception {
        int packed = 0;
        for (String path : paths().toList()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(bridge.url() + path))
                    .header("Accept-Encoding", "gzip")
                    .build();
            HttpResponse<byte[]> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
            byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
            assertThat(plain).isEqualTo(Files.readAllBytes(SOURCE.resolve(nameOf(path))));
            packed += answer.body().length;
        }
        assertThat(packed).isLessThan(LARGEST_ALL_PACKED);
    }

    private static String nameOf(String path) {
        return path.equals("/phone") ? "phone.html" : path.substring("/phone/".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/phone/nothing.js", "/phoney", "/phone/phone.html", "/phone.css"})
    void noOtherPathIsServed(String path) {
        assertThat(bridge.nobody().get(path).status()).isIn(400, 404);
    }

    @Test
    void aSlashTooManyLeadsToThePage() {
        assertThat(bridge.nobody().get("/phone/").expect(303).header("Location"))
                .isEqualTo("/phone");
    }

    @Test
    void itTakesNothing() {
        bridge.nobody().post("/phone", "x").expect(405);
    }

    @Test
    void nothingInItIsWrittenAsHtmlOrComesFromElsewhere() throws IOException {
        for (String path : paths().toList()) {
            String text = Files.readString(SOURCE.resolve(nameOf(path)));
            assertThat(text.replace("http://www.w3.org/2000/svg", "").replace("http://PHONE:8080", ""))
                    .as(path)
                    .doesNotContain("innerHTML", "insertAdjacentHTML", "outerHTML", "document.write", "eval(", "style=")
                    .doesNotContainPattern("https?://(?!erp\\.example\\.com)");
        }
    }

    @Test
    void theServiceWorkerKeepsEveryFileButItself() throws IOException {
        Matcher files = Pattern.compile("'(/phone[^']*)'").matcher(Files.readString(SOURCE.resolve("sw.js")));
        Set<String> kept = files.results().map(each -> each.group(1)).collect(Collectors.toCollection(TreeSet::new));

        Set<String> all = paths().collect(Collectors.toCollection(TreeSet::new));
        all.remove("/phone/sw.js");
        assertThat(kept).isEqualTo(all);
    }

    @Test
    void bothLanguagesHaveTheSameTexts() throws IOException {
        assertThat(names("texts-de.js")).isEqualTo(names("texts-en.js")).hasSizeGreaterThan(60);
    }

    private static Set<String> names(String file) throws IOException {
        return Pattern.compile("(?m)^  '([^']+)':")
                .matcher(Files.readString(SOURCE.resolve(file)))
                .results()
                .map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyTextThatThePageNamesIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String file : new String[] {"phone.html", "app.js", "lists.js", "apps.js"}) {
            Pattern.compile("data-text=\"([^\"]+)\"|text\\('([a-zA-Z.]+)'[,)]")
                    .matcher(Files.readString(SOURCE.resolve(file)))
                    .results()
                    .map(each -> each.group(1) == null ? each.group(2) : each.group(1))
                    .filter(name -> !name.endsWith("."))
                    .forEach(named::add);
        }
        assertThat(names("texts-en.js")).containsAll(named);
        assertThat(named).hasSizeGreaterThan(40);
    }
}
