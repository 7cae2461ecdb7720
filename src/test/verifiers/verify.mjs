// Reads captured calls, one JSON object a line: {"secret", "headers", "body", "good"}. Each must be accepted by both
// published verifiers when it is good, and by none when it is not.
import { createInterface } from 'node:readline';
import { Webhook as Standard } from 'standardwebhooks';
import { Webhook as Svix } from 'svix';

let wrong = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body, good } = JSON.parse(line);
  for (const [name, Verifier] of Object.entries({ standardwebhooks: Standard, svix: Svix })) {
    let accepted = true;
    try {
      new Verifier(secret).verify(body, headers);
    } catch (refusal) {
      accepted = false;
    }
    console.log(`${name}: ${accepted ? 'accepted' : 'refused'} ${headers['webhook-id']}`);
    if (accepted !== good) wrong++;
  }
}
process.exit(wrong === 0 ? 0 : 1);
