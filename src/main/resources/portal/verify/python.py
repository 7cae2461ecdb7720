import base64
import hashlib
import hmac
import time


# body: the bytes as they came, before any parsing, such as request.get_data() in Flask or request.body in Django.
def verify(body, headers, secret):
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    names = ("X-MAC-Signature", "X-MAC-Signature-Previous")
    return any(hmac.compare_digest((headers.get(name) or "").encode(), expected.encode()) for name in names)


# Standard Webhooks: covers the id and the time too, so that nobody can send a recorded request again later.
def verify_standard(body, headers, secret):
    id, at = headers.get("webhook-id") or "", headers.get("webhook-timestamp") or ""
    if not (at.isdecimal() and abs(time.time() - int(at)) <= 300):
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{id}.{at}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    given = (headers.get("webhook-signature") or "").split(" ")
    return any(hmac.compare_digest(each.encode(), expected) for each in given)
