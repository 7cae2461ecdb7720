package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The code that the portal shows verifies what the bridge has signed, and nothing else. Each language is tried where it is
 * installed; C# and Rust are not, the one for lack of a runtime, the other because it needs packages.
 */
class VerificationCodeIT {

    private static final String HEADER = "X-Shop'$sign#{1}`".replaceAll("[{}]", "");
    private static final String FIRST = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** Calls both functions with what the arguments say: the secret, the file with the body, and headers. */
    private static final Map<VerificationCode.Language, String> DRIVERS = Map.of(
            VerificationCode.Language.NODE, """
            const [, , secret, file, ...pairs] = process.argv;
            const body = require("node:fs").readFileSync(file);
            const headers = Object.fromEntries(pairs.map((pair) =>
              [pair.slice(0, pair.indexOf("=")).toLowerCase(), pair.slice(pair.indexOf("=") + 1)]));
            console.log(verify(body, headers, secret), verifyStandard(body, headers, secret));
            """,
            VerificationCode.Language.PYTHON, """
            import sys
            secret, file, *pairs = sys.argv[1:]
            headers = dict(pair.split("=", 1) for pair in pairs)
            body = open(file, "rb").read()
            print(str(verify(body, headers, secret)).lower(), str(verify_standard(body, headers, secret)).lower())
            """,
            VerificationCode.Language.PHP, """
            $headers = [];
            foreach (array_slice($argv, 3) as $pair) {
                [$name, $value] = explode("=", $pair, 2);
                $headers[$name] = $value;
            }
            $body = file_get_contents($argv[2]);
            echo var_export(verify($body, $headers, $argv[1]), true), " ";
            echo var_export(verify_standard($body, $headers, $argv[1]), true), "\\n";
            """,
            VerificationCode.Language.RUBY, """
            secret, file, *pairs = ARGV
            headers = pairs.to_h { |pair| pair.split("=", 2) }
            body = File.binread(file)
            puts "#{verify(body, headers, secret)} #{verify_standard(body, headers, secret)}"
            """,
            VerificationCode.Language.GO, """
            func main() {
            	body, _ := os.ReadFile(os.Args[2])
            	headers := http.Header{}
            	for _, pair := range os.Args[3:] {
            		name, value, _ := strings.Cut(pair, "=")
            		headers.Set(name, value)
            	}
            	fmt.Println(Verify(body, headers, os.Args[1]), VerifyStandard(body, headers, os.Args[1]))
            }
            """,
            VerificationCode.Language.JAVA, """
            class Main {
                public static void main(String[] args) throws Exception {
                    byte[] body = java.nio.file.Files.readAllBytes(java.nio.file.Path.of(args[1]));
                    java.util.Map<String, String> headers = new java.util.HashMap<>();
                    for (int i = 2; i < args.length; i++) {
                        headers.put(args[i].split("=", 2)[0], args[i].split("=", 2)[1]);
                    }
                    System.out.println(Webhook.verify(body, headers::get, args[0]) + " "
                            + Webhook.verifyStandard(body, headers::get, args[0]));
                }
            }

            """);

    private Receiver.Got plain;
    private Receiver.Got overlapping;
    private String second;

    @TempDir
    Path directory;

    /** When the program is ready: what was signed is good for five minutes. */
    private void sign() {
        Api tenant = RunningBridge.shared(Database.SQLITE).newTenant().api();
        try (Receiver receiver = new Receiver()) {
            tenant.put(
                            "/v1/webhooks",
                            "{\"url\":\"" + receiver.url("/") + "\",\"secret\":\"" + FIRST + "\",\"signatureHeader\":\""
                                    + HEADER + "\"}")
                    .expect(200);
            tenant.post("/v1/webhooks/test", "").expect(200);
            second = tenant.post("/v1/webhooks/rotate-secret", "").expect(200).at("/secret");
            tenant.post("/v1/webhooks/test", "").expect(200);
            plain = receiver.requests("/").get(0);
            overlapping = receiver.requests("/").get(1);
        }
    }

    static List<VerificationCode.Language> languages() {
        return VerificationCode.languages().stream()
                .filter(VerificationCode.Language::isRun)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void theCodeTakesWhatTheBridgeHasSignedAndNothingElse(VerificationCode.Language language) throws Exception {
        List<String> command = prepared(language);
        sign();

        assertThat(run(command, FIRST, plain, plain.body())).isEqualTo("true true");
        assertThat(run(command, FIRST, plain, (plain.text() + " ").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("false false");
        assertThat(run(command, second, plain, plain.body())).isEqualTo("false false");
        assertThat(run(command, FIRST, overlapping, overlapping.body())).isEqualTo("true true");
        assertThat(run(command, second, overlapping, overlapping.body())).isEqualTo("true true");
        Receiver.Got bare = new Receiver.Got("POST", "/", Map.of("webhook-timestamp", "soon"), plain.body());
        assertThat(run(command, FIRST, bare, plain.body())).isEqualTo("false false");
    }

    private static String run(List<String> command, String secret, Receiver.Got got, byte[] body) throws Exception {
        Path file = Files.write(Files.createTempFile("body", ".json"), body);
        List<String> all = new ArrayList<>(command);
        all.add(secret);
        all.add(file.toString());
        for (String name :
                List.of(HEADER, HEADER + "-Previous", "webhook-id", "webhook-timestamp", "webhook-signature")) {
            if (!got.header(name).isEmpty()) {
                all.add(name + "=" + got.header(name));
            }
        }
        String said = said(all, null);
        Files.delete(file);
        return said;
    }

    private static String said(List<String> command, Path directory) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(directory == null ? null : directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** Writes the program, and returns the beginning of the command that runs it. */
    private List<String> prepared(VerificationCode.Language language) throws Exception {
        String code = new VerificationCode("", "", "", HEADER, language).code();
        String driver = DRIVERS.get(language);
        return switch (language) {
            case NODE -> List.of(installed("node"), written("verify.js", code + driver));
            case PYTHON -> List.of(installed("python3"), written("verify.py", code + driver));
            case PHP -> List.of(installed("php"), written("verify.php", code + driver));
            case RUBY -> List.of(installed("ruby"), written("verify.rb", code + driver));
            case GO -> {
                written("go.mod", "module webhook\n\ngo 1.19\n");
                String go = code.replace("package webhook", "package main")
                        .replace("import (", "import (\n\t\"fmt\"\n\t\"os\"");
                written("main.go", go + driver);
                assertThat(said(List.of(installed("go"), "build", "-o", "verify", "."), directory))
                        .isEmpty();
                yield List.of(directory.resolve("verify").toString());
            }
            default -> {
                written("Main.java", code.replace("final class Webhook", driver + "final class Webhook"));
                String java =
                        Path.of(System.getProperty("java.home"), "bin", "java").toString();
                assertThat(said(List.of(java + "c", "-d", directory.toString(), "Main.java"), directory))
                        .isEmpty();
                yield List.of(java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", directory.toString(), "Main");
            }
        };
    }

    private String written(String name, String code) throws IOException {
        return Files.writeString(directory.resolve(name), code).toString();
    }

    private static String installed(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseGet(() -> {
                    Assumptions.abort(program + " is not installed");
                    return program;
                });
    }
}
