<?php

// A webhook receiver for ERP Bridge: verify the bytes, parse them, do the work once, answer 200.
// Start it with enable_post_data_reading=0 (see the README), so that PHP leaves the body alone.

declare(strict_types=1);

// A warning goes to the log: printed, it would open the answer, as a 200, before we have decided on one.
ini_set('display_errors', '0');

const MAX_BODY = 1024 * 1024;
const MAX_SEEN = 10_000;

// Replace this with your work. If it throws, the answer is 500 and the bridge tries again.
function handle(string $delivery, array $event, string $body): void
{
    file_put_contents('php://stdout', "$delivery $body\n");
}

// Every request is a process of its own, so the delivery ids already worked on are kept in a file, one a
// line, and its lock keeps two attempts of one delivery apart. In production, insert the id into a table
// with a unique key instead, in the same transaction as the work itself.
function handle_once(string $delivery, array $event, string $body): void
{
    $path = getenv('SEEN_FILE') ?: sys_get_temp_dir() . '/erp-bridge-receiver-seen.txt';
    $file = fopen($path, 'c+') ?: throw new RuntimeException("cannot open $path");
    flock($file, LOCK_EX); // let go when the file is closed, also by a crash
    $seen = explode("\n", stream_get_contents($file));
    if (in_array($delivery, $seen, true)) {
        return;
    }
    handle($delivery, $event, $body);
    fwrite($file, "$delivery\n"); // only now: a failure above must stay open for the retry
    if (count($seen) > 2 * MAX_SEEN) {
        rewind($file);
        ftruncate($file, 0);
        fwrite($file, implode("\n", array_slice($seen, -MAX_SEEN)) . "$delivery\n");
    }
    fclose($file);
}

// While the bridge rotates its secret it signs with the new and the old one. Accepting either header
// under the one secret we hold means that we can change ours at any moment of the overlap.
function is_signed(string $secret, string $body): bool
{
    $expected = 'sha256=' . hash_hmac('sha256', $body, $secret); // the key keeps its "whsec_"
    return hash_equals($expected, $_SERVER['HTTP_X_MAC_SIGNATURE'] ?? '')
        || hash_equals($expected, $_SERVER['HTTP_X_MAC_SIGNATURE_PREVIOUS'] ?? '');
}

function answer(int $status, array $fields): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    exit(json_encode($fields));
}

function refuse(int $status, string $error): never
{
    answer($status, ['ok' => false, 'error' => $error]);
}

$secret = getenv('SECRET');
if (!$secret) {
    error_log('SECRET is missing. Start with: SECRET=whsec_… php -S 127.0.0.1:9000 receiver.php');
    refuse(500, 'the receiver has no SECRET');
}
if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    header('Allow: POST');
    refuse(405, 'POST only');
}

$body = file_get_contents('php://input', length: MAX_BODY + 1); // the bytes as they came; $_POST is not
if (strlen($body) > MAX_BODY) {
    refuse(413, 'body over 1 MiB');
}
if (!is_signed($secret, $body)) {
    refuse(401, 'bad signature');
}

$delivery = $_SERVER['HTTP_X_MAC_DELIVERY'] ?? '';
$event = json_decode($body, true);
if ($delivery === '' || !is_array($event)) {
    refuse(400, $delivery === '' ? 'X-MAC-Delivery is missing' : 'broken JSON');
}
try {
    handle_once($delivery, $event, $body);
} catch (Throwable $failure) {
    error_log("delivery $delivery: $failure");
    refuse(500, 'not processed');
}
answer(200, ['ok' => true]); // also for a repeat: it has arrived
