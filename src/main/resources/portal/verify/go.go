package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

func mac(key []byte, parts ...[]byte) []byte {
	hash := hmac.New(sha256.New, key)
	for _, part := range parts {
		hash.Write(part)
	}
	return hash.Sum(nil)
}

// Verify takes the bytes as they came, io.ReadAll(r.Body), before any parsing.
func Verify(body []byte, headers http.Header, secret string) bool {
	expected := "sha256=" + hex.EncodeToString(mac([]byte(secret), body))
	for _, name := range []string{"X-MAC-Signature", "X-MAC-Signature-Previous"} {
		if hmac.Equal([]byte(headers.Get(name)), []byte(expected)) {
			return true
		}
	}
	return false
}

// VerifyStandard, of Standard Webhooks, covers the id and the time too, so that nobody can send a recorded request again.
func VerifyStandard(body []byte, headers http.Header, secret string) bool {
	id, at := headers.Get("webhook-id"), headers.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(at, 10, 64)
	if age := time.Since(time.Unix(seconds, 0)); err != nil || age.Abs() > 5*time.Minute {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	expected := "v1," + base64.StdEncoding.EncodeToString(mac(key, []byte(id+"."+at+"."), body))
	for _, given := range strings.Split(headers.Get("webhook-signature"), " ") {
		if hmac.Equal([]byte(given), []byte(expected)) {
			return true
		}
	}
	return false
}
