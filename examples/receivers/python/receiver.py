"""A webhook receiver for ERP Bridge: verify the bytes, parse them, do the work once, answer 200."""

import hashlib
import hmac
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ.get("SECRET", "").encode()
PORT = int(os.environ.get("PORT", "9000"))
MAX_BODY = 1024 * 1024
MAX_SEEN = 10_000


def handle(message):
    """Replace this with your work. If it raises, the answer is 500 and the bridge tries again."""
    print(json.dumps(message, ensure_ascii=False, separators=(",", ":")), flush=True)


# Delivery ids already worked on, oldest first. They are gone after a restart: in production, insert
# the id into a table with a unique key, in the same transaction as the work itself. The table then
# also does what the lock does here: keep two attempts of one delivery apart.
seen = {}
lock = threading.Lock()


def handle_once(message):
    with lock:
        if message["delivery"] in seen:
            return
        handle(message)
        seen[message["delivery"]] = True  # only now: a failure above must stay open for the retry
        if len(seen) > MAX_SEEN:
            del seen[next(iter(seen))]


def is_signed(headers, body):
    """While the bridge rotates its secret it signs with the new and the old one. Accepting either header
    under the one secret we hold means that we can change ours at any moment of the overlap."""
    expected = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()  # the key keeps its "whsec_"
    # Compared as bytes: compare_digest raises on a str that is not ASCII, and anyone can send one.
    return any(
        hmac.compare_digest(expected.encode(), headers.get(name, "").encode())
        for name in ("X-MAC-Signature", "X-MAC-Signature-Previous")
    )


def parse(headers, body):
    delivery, message, attempt = (headers.get("X-MAC-" + name, "") for name in ("Delivery", "Message", "Attempt"))
    if not (delivery and message and attempt.isdecimal()):
        raise ValueError("X-MAC headers are missing")
    # Decoded by us, because json.loads would also take UTF-16 and UTF-32.
    return {"delivery": delivery, "message": message, "attempt": int(attempt), "event": json.loads(body.decode())}


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keep-alive: the bridge reuses its connections
    disable_nagle_algorithm = True  # headers and body are two writes; the second would wait for an ACK
    timeout = 75  # seconds for a silent client; long, so that we do not hang up as the next message is sent

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not length.isdecimal():
            return self.refuse_unread(411, "Content-Length is needed")
        if len(length) > 10 or int(length) > MAX_BODY:
            return self.refuse_unread(413, "body over 1 MiB")
        # Exactly this many bytes: one less and the rest is taken for the next request, one more and we hang.
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True  # the client is gone
            return

        if not is_signed(self.headers, body):
            return self.answer(401, ok=False, error="bad signature")
        try:
            message = parse(self.headers, body)
        except ValueError as broken:
            return self.answer(400, ok=False, error=str(broken))
        try:
            handle_once(message)
        except Exception as failure:
            self.log_error("delivery %s: %r", message["delivery"], failure)
            return self.answer(500, ok=False, error="not processed")
        self.answer(200, ok=True)  # also for a repeat: it has arrived

    def not_post(self):
        self.refuse_unread(405, "POST only")

    do_GET = do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = not_post

    def refuse_unread(self, status, error):
        """What is left unread must not be taken for a request, so this connection ends."""
        self.close_connection = True
        self.answer(status, ok=False, error=error)

    def answer(self, status, **fields):
        body = json.dumps(fields, separators=(",", ":")).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if status == 405:
            self.send_header("Allow", "POST")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # the default of 5 turns a burst of connections into timeouts


if __name__ == "__main__":
    if not SECRET:
        sys.exit("SECRET is missing. Start with: SECRET=whsec_… python3 receiver.py")
    # Any locale; and half an emoji, which has no UTF-8, is written as the JSON escape it arrived as.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    server = Server(("127.0.0.1", PORT), Receiver)
    print(f"listening on http://127.0.0.1:{server.server_port}/", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
