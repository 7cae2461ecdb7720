// Pairs a phone, has an SMS delivered, and sends one: with the types that openapi-typescript makes.
import createClient from "openapi-fetch";
import type { components, paths } from "./erp-bridge.js";

declare const process: { env: Record<string, string> };
const { BRIDGE, API_KEY, ERP_URL } = process.env;

const as = (token: string) =>
  createClient<paths>({ baseUrl: BRIDGE!, headers: { Authorization: `Bearer ${token}` } });
function good<T>(result: { data?: T; error?: unknown }): T {
  if (result.data === undefined) throw new Error(JSON.stringify(result.error));
  return result.data;
}

const tenant = as(API_KEY!);
const paired = good(await tenant.POST("/v1/devices", { body: { name: "Front desk", number: "911234500000" } }));
const phone = as(paired.token);

const settings: components["schemas"]["ConnectionSettings"] = { name: "My ERP", outboundUrl: ERP_URL!, concurrency: 2 };
const connection = good(await tenant.POST("/v1/connections", { body: settings }));
const rule = good(
  await tenant.POST("/v1/rules", {
    body: {
      name: "Balance",
      when: { field: "text", op: "keyword", value: "balance" },
      then: [{ type: "reply", text: "We have your '{{text}}'" }],
    },
  }),
);

const receipt = good(await phone.POST("/v1/inbound", { body: { from: "919876543210", text: "balance" } }));
const taken = receipt.messages[0]!;
if (!taken.id) throw new Error(taken.error?.detail);
let message: components["schemas"]["Message"];
for (let tries = 0; ; tries++) {
  message = good(await tenant.GET("/v1/messages/{id}", { params: { path: { id: taken.id } } }));
  const ended = message.deliveries.filter((delivery) => delivery.status !== "pending");
  if (ended.length === 2 || tries === 100) break;
  await new Promise((again) => setTimeout(again, 100));
}

const queued = good(
  await tenant.POST("/v1/messages", { body: { to: "919876543210", text: "Your invoice INV-42 is due.", ref: "INV-42" } }),
);
if (!queued.id) throw new Error("one number has one answer");
for (const sms of good(await phone.GET("/v1/outbox")).messages) {
  good(await phone.POST("/v1/outbox/{id}", { params: { path: { id: sms.id } }, body: { status: "sent" } }));
}
const outgoing = good(await tenant.GET("/v1/outgoing/{id}", { params: { path: { id: queued.id } } }));

const refused = await tenant.POST("/v1/connections", { body: { ...settings, concurrency: 0 } });
if (refused.error === undefined || !("errors" in refused.error)) throw new Error("must be refused");

console.log(
  JSON.stringify({
    device: paired.id,
    connection: connection.id,
    rule: rule.id,
    message: message.id,
    matchedRule: message.matchedRuleId,
    deliveries: message.deliveries.map((delivery) => `${delivery.target.type} ${delivery.status}`).sort(),
    outgoing: outgoing.id,
    status: outgoing.status,
    refused: refused.error.errors![0]!.field,
  }),
);
