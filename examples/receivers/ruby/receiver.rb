# A webhook receiver for ERP Bridge: verify the bytes, parse them, do the work once, answer 200.
# Ruby's own library has no web server since 3.0, so this one reads its HTTP from a socket; in Rails or
# Sinatra only signed?, handle_once and request.raw_post (or request.body.read) are of interest.
require 'json'
require 'openssl'
require 'set'
require 'socket'
require 'timeout'

MAX_BODY = 1024 * 1024
MAX_HEAD = 64 * 1024
MAX_SEEN = 10_000

SECRET = ENV['SECRET'].to_s
abort 'SECRET is missing. Start with: SECRET=whsec_… ruby receiver.rb' if SECRET.empty?

# Replace this with your work. If it raises, the answer is 500 and the bridge tries again.
def handle(message)
  puts JSON.generate(message)
end

# Delivery ids already worked on, oldest first. They are gone after a restart: in production, insert the
# id into a table with a unique key, in the same transaction as the work itself. The lock keeps two
# attempts of one delivery apart.
SEEN = Set.new
LOCK = Mutex.new

def handle_once(message)
  LOCK.synchronize do
    return if SEEN.include?(message[:delivery])

    handle(message)
    SEEN << message[:delivery] # only now: a failure above must stay open for the retry
    SEEN.delete(SEEN.first) if SEEN.size > MAX_SEEN
  end
end

def same?(one, other)
  one.bytesize == other.bytesize && OpenSSL.fixed_length_secure_compare(one, other)
end

# While the bridge rotates its secret it signs with the new and the old one. Accepting either header
# under the one secret we hold means that we can change ours at any moment of the overlap.
def signed?(headers, body)
  expected = "sha256=#{OpenSSL::HMAC.hexdigest('SHA256', SECRET, body)}" # the key keeps its "whsec_"
  %w[x-mac-signature x-mac-signature-previous].any? { |name| same?(expected, headers.fetch(name, '')) }
end

def parse(headers, body)
  delivery, message, attempt = %w[delivery message attempt].map { |name| headers["x-mac-#{name}"] }
  raise ArgumentError, 'X-MAC headers are missing' unless delivery && message && attempt =~ /\A[0-9]+\z/

  text = body.dup.force_encoding(Encoding::UTF_8)
  raise ArgumentError, 'broken UTF-8' unless text.valid_encoding?

  { delivery: delivery, message: message, attempt: attempt.to_i, event: JSON.parse(text) }
rescue JSON::ParserError
  raise ArgumentError, 'broken JSON'
end

# Status and error, nil for none.
def judge(method, headers, body)
  return [405, 'POST only'] unless method == 'POST'
  return [413, 'body over 1 MiB'] if body.nil?
  return [401, 'bad signature'] unless signed?(headers, body)

  handle_once(parse(headers, body))
  [200, nil] # also for a repeat: it has arrived
rescue ArgumentError => e
  [400, e.message]
rescue StandardError => e
  warn "delivery #{headers['x-mac-delivery']}: #{e.full_message}"
  [500, 'not processed']
end

# One request: its method, headers and raw body (nil when that is too large); nil at the end.
def read_request(client)
  line = client.gets("\r\n", MAX_HEAD) or return nil
  headers = {}
  while (header = client.gets("\r\n", MAX_HEAD)) && header != "\r\n"
    name, value = header.split(':', 2)
    headers[name.downcase] = value.to_s.strip
    raise 'too many headers' if headers.size > 100
  end
  length = headers['content-length'].to_i
  [line.split(' ').first, headers, length > MAX_BODY ? nil : client.read(length).to_s]
end

def serve(client)
  loop do
    method, headers, body = Timeout.timeout(75) { read_request(client) }
    break unless method

    status, error = judge(method, headers, body)
    json = JSON.generate(error ? { ok: false, error: error } : { ok: true })
    client.write("HTTP/1.1 #{status} #{status == 200 ? 'OK' : 'Refused'}\r\nContent-Type: application/json\r\n" \
                 "Content-Length: #{json.bytesize}\r\n#{"Allow: POST\r\n" if status == 405}\r\n#{json}")
    break if body.nil?
  end
rescue IOError, SystemCallError, Timeout::Error
  # the other end is gone, or idle
ensure
  client.close
end

$stdout.sync = true
server = TCPServer.new('127.0.0.1', Integer(ENV.fetch('PORT', '9000')))
puts "listening on http://127.0.0.1:#{server.addr[1]}/"
loop { Thread.new(server.accept) { |client| serve(client) } }
