// A webhook receiver for ERP Bridge: verify the bytes, parse them, do the work once, answer 200.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	maxBody = 1 << 20
	maxSeen = 10_000
)

type message struct {
	Delivery string          `json:"delivery"`
	Message  string          `json:"message"`
	Attempt  int             `json:"attempt"`
	Event    json.RawMessage `json:"event"`
}

// Replace this with your work. If it fails, the answer is 500 and the bridge tries again.
func handle(m message) error {
	line, err := json.Marshal(m)
	if err == nil {
		fmt.Println(string(line))
	}
	return err
}

// Delivery ids already worked on, oldest first. They are gone after a restart: in production, insert the
// id into a table with a unique key, in the same transaction as the work itself. The lock keeps two
// attempts of one delivery apart.
type receiver struct {
	secret []byte
	lock   sync.Mutex
	seen   map[string]bool
	order  []string
}

func (r *receiver) handleOnce(m message) error {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.seen[m.Delivery] {
		return nil
	}
	if err := handle(m); err != nil {
		return err // a failure must stay open for the retry
	}
	r.seen[m.Delivery] = true
	r.order = append(r.order, m.Delivery)
	if len(r.order) > maxSeen {
		delete(r.seen, r.order[0])
		r.order = r.order[1:]
	}
	return nil
}

// While the bridge rotates its secret it signs with the new and the old one. Accepting either header
// under the one secret we hold means that we can change ours at any moment of the overlap.
func (r *receiver) isSigned(header http.Header, body []byte) bool {
	mac := hmac.New(sha256.New, r.secret) // the key keeps its "whsec_"
	mac.Write(body)
	expected := []byte("sha256=" + hex.EncodeToString(mac.Sum(nil)))
	return hmac.Equal(expected, []byte(header.Get("X-MAC-Signature"))) ||
		hmac.Equal(expected, []byte(header.Get("X-MAC-Signature-Previous")))
}

func parse(header http.Header, body []byte) (message, error) {
	attempt, err := strconv.Atoi(header.Get("X-MAC-Attempt"))
	m := message{
		Delivery: header.Get("X-MAC-Delivery"),
		Message:  header.Get("X-MAC-Message"),
		Attempt:  attempt,
		Event:    body,
	}
	if err != nil || m.Delivery == "" || m.Message == "" {
		return m, errors.New("X-MAC headers are missing")
	}
	if !utf8.Valid(body) || !json.Valid(body) {
		return m, errors.New("broken JSON")
	}
	return m, nil
}

func answer(w http.ResponseWriter, status int, problem string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fields := map[string]any{"ok": problem == ""}
	if problem != "" {
		fields["error"] = problem
	}
	json.NewEncoder(w).Encode(fields)
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	if request.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		answer(w, http.StatusMethodNotAllowed, "POST only")
		return
	}
	// The raw bytes, whatever their Content-Type: what was signed.
	body, err := io.ReadAll(http.MaxBytesReader(w, request.Body, maxBody))
	if err != nil {
		answer(w, http.StatusRequestEntityTooLarge, "body over 1 MiB, or broken off")
		return
	}
	if !r.isSigned(request.Header, body) {
		answer(w, http.StatusUnauthorized, "bad signature")
		return
	}
	m, err := parse(request.Header, body)
	if err != nil {
		answer(w, http.StatusBadRequest, err.Error())
		return
	}
	if err := r.handleOnce(m); err != nil {
		log.Printf("delivery %s: %v", m.Delivery, err)
		answer(w, http.StatusInternalServerError, "not processed")
		return
	}
	answer(w, http.StatusOK, "") // also for a repeat: it has arrived
}

func main() {
	secret := os.Getenv("SECRET")
	if secret == "" {
		log.Fatal("SECRET is missing. Start with: SECRET=whsec_… go run receiver.go")
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "9000"
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on http://%s/\n", listener.Addr())
	server := &http.Server{
		Handler:     &receiver{secret: []byte(secret), seen: map[string]bool{}},
		ReadTimeout: 30 * time.Second,
		IdleTimeout: 75 * time.Second, // longer than the bridge keeps an idle connection
	}
	log.Fatal(server.Serve(listener))
}
