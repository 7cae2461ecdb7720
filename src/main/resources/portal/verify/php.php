<?php
// $body: the bytes as they came, file_get_contents("php://input"). $headers: as getallheaders() gives them.
function verify(string $body, array $headers, string $secret): bool
{
    $headers = array_change_key_case($headers);
    $expected = "sha256=" . hash_hmac("sha256", $body, $secret);
    foreach (["X-MAC-Signature", "X-MAC-Signature-Previous"] as $name) {
        if (hash_equals($expected, $headers[strtolower($name)] ?? "")) {
            return true;
        }
    }
    return false;
}

// Standard Webhooks: covers the id and the time too, so that nobody can send a recorded request again later.
function verify_standard(string $body, array $headers, string $secret): bool
{
    $headers = array_change_key_case($headers);
    $id = $headers["webhook-id"] ?? "";
    $time = $headers["webhook-timestamp"] ?? "";
    if (!ctype_digit($time) || abs(time() - (int) $time) > 300) {
        return false;
    }
    $key = base64_decode(preg_replace("/^whsec_/", "", $secret));
    $expected = "v1," . base64_encode(hash_hmac("sha256", "$id.$time.$body", $key, true));
    foreach (explode(" ", $headers["webhook-signature"] ?? "") as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}
