// Reads YAML, and tells as JSON what it is and how Go's yaml writes it.
package main

import (
	"encoding/json"
	"io"
	"log"
	"os"

	"gopkg.in/yaml.v3"
)

func main() {
	file, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	var read map[string]any
	if err := yaml.Unmarshal(file, &read); err != nil {
		log.Fatal(err)
	}
	written, err := yaml.Marshal(read)
	if err != nil {
		log.Fatal(err)
	}
	answer := map[string]any{"read": read, "written": string(written)}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		log.Fatal(err)
	}
}
