require "base64"
require "openssl"

# body: the bytes as they came, before any parsing: request.body.read in Rack, request.raw_post in Rails.
def verify(body, headers, secret)
  expected = "sha256=" + OpenSSL::HMAC.hexdigest("SHA256", secret, body)
  ["X-MAC-Signature", "X-MAC-Signature-Previous"].any? do |name|
    OpenSSL.secure_compare(headers[name].to_s, expected)
  end
end

# Standard Webhooks: covers the id and the time too, so that nobody can send a recorded request again later.
def verify_standard(body, headers, secret)
  id, time = headers["webhook-id"].to_s, headers["webhook-timestamp"].to_s
  return false unless time.match?(/\A\d+\z/) && (Time.now.to_i - time.to_i).abs <= 300

  key = Base64.decode64(secret.delete_prefix("whsec_"))
  expected = "v1," + Base64.strict_encode64(OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{time}.".b + body.b))
  headers["webhook-signature"].to_s.split(" ").any? { |given| OpenSSL.secure_compare(given, expected) }
end
