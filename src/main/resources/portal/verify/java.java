import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

final class Webhook {

    /** @param body the bytes as they came, before any parsing; @param header finds a header, such as request::getHeader */
    static boolean verify(byte[] body, UnaryOperator<String> header, String secret) throws GeneralSecurityException {
        String expected = "sha256=" + HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), body));
        return equal(header.apply("X-MAC-Signature"), expected)
                || equal(header.apply("X-MAC-Signature-Previous"), expected);
    }

    /** Standard Webhooks: covers the id and the time too, so that nobody can send a recorded request again later. */
    static boolean verifyStandard(byte[] body, UnaryOperator<String> header, String secret)
            throws GeneralSecurityException {
        String id = String.valueOf(header.apply("webhook-id"));
        String time = String.valueOf(header.apply("webhook-timestamp"));
        if (!time.matches("\\d{1,12}") || Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(time)) > 300) {
            return false;
        }
        byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        byte[] mac = hmac(key, (id + "." + time + ".").getBytes(StandardCharsets.UTF_8), body);
        String expected = "v1," + Base64.getEncoder().encodeToString(mac);
        boolean good = false;
        for (String given : String.valueOf(header.apply("webhook-signature")).split(" ")) {
            good |= equal(given, expected);
        }
        return good;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static boolean equal(String given, String expected) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
