const { createHmac, timingSafeEqual } = require("node:crypto");

function equal(given, expected) {
  const a = Buffer.from(given), b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

// body: a Buffer with the bytes as they came, before any parsing, such as express.raw({ type: "*/*" }) gives.
function verify(body, headers, secret) {
  const expected = "sha256=" + createHmac("sha256", secret).update(body).digest("hex");
  return ["X-MAC-Signature", "X-MAC-Signature-Previous"]
    .some((name) => equal(String(headers[name.toLowerCase()] ?? ""), expected));
}

// Standard Webhooks: covers the id and the time too, so that nobody can send a recorded request again later.
function verifyStandard(body, headers, secret) {
  const id = headers["webhook-id"], time = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= 300)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = "v1," + createHmac("sha256", key).update(`${id}.${time}.`).update(body).digest("base64");
  return String(headers["webhook-signature"] ?? "").split(" ").some((each) => equal(each, expected));
}
