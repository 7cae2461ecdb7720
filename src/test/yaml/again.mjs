// Reads YAML, and tells as JSON what it is and how js-yaml writes it.
import { readFileSync } from "node:fs";
import yaml from "js-yaml";

const read = yaml.load(readFileSync(0, "utf8"));
console.log(JSON.stringify({ read, written: yaml.dump(read) }));
