package com.mobileapiconnect.bridge.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How soon Chromium paints each page of the portal when it has nothing of it yet, and how much it loads for that. */
final class FirstPaint {

    private static final int ROUNDS = 5;
    private static final String PAINTED = "() => new Promise(done => { const seen = () => {"
            + " const paint = performance.getEntriesByName('first-contentful-paint')[0];"
            + " if (!paint) { setTimeout(seen, 20); return; }"
            + " const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];"
            + " done([paint.startTime, loaded.reduce((sum, each) => sum + each.encodedBodySize, 0)]); }; seen(); })";

    private FirstPaint() {}

    private static String[] session(URI url, String key) throws IOException {
        HttpURLConnection call =
                (HttpURLConnection) url.resolve("/sign-in").toURL().openConnection();
        call.setInstanceFollowRedirects(false);
        call.setDoOutput(true);
        call.getOutputStream()
                .write(("to=/&key=" + URLEncoder.encode(key, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        call.getResponseCode();
        return call.getHeaderField("Set-Cookie").replaceFirst(";.*", "").split("=", 2);
    }

    /** With {@code --url --api-key --chromium /usr/bin/chromium --page /messages}, and Playwright on the class path. */
    public static void main(String[] args) throws IOException {
        Options options = Options.parse(args, "url", "api-key", "chromium", "page");
        URI url = URI.create(options.required("url"));
        String[] session = session(url, options.required("api-key"));
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of(options.required("chromium")))
                                .setArgs(List.of("--no-sandbox")))) {
            for (String path : options.all("page")) {
                double[] millis = new double[ROUNDS];
                double bytes = 0;
                for (int i = 0; i < ROUNDS; i++) {
                    try (BrowserContext context = browser.newContext()) {
                        context.addCookies(List.of(new Cookie(session[0], session[1]).setUrl(url.toString())));
                        Page page = context.newPage();
                        page.navigate(url.resolve(path).toString());
                        List<?> painted = (List<?>) page.evaluate(PAINTED);
                        millis[i] = ((Number) painted.get(0)).doubleValue();
                        bytes = ((Number) painted.get(1)).doubleValue();
                    }
                }
                Arrays.sort(millis);
                System.out.printf(
                        "%-40s first paint %6.0f ms (at most %.0f), %6.1f kB%n",
                        path, millis[ROUNDS / 2], millis[ROUNDS - 1], bytes / 1000);
            }
        }
    }
}
